// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.settings.Settings;
import org.sluse.video.provider.ProviderRooms;
import org.sluse.video.provider.RoomListener;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;

/** What Whereby tells of rooms. Of it the number of people in a room is kept, and nothing of who they are. */
@Dependent
final class WherebyEvents {

    /** In bytes; an event has some hundreds. */
    private static final int LARGEST = 64 * 1024;
    private static final Set<String> COUNTED = Set.of("room.client.joined", "room.client.left");
    private static final String ENDED = "room.session.ended";
    private static final int MOST_PEOPLE = 1_000;

    private final Settings<VideoSettings> settings;
    private final ProviderRooms rooms;
    private final RoomListener listener;
    private final Clock clock;

    @Inject
    WherebyEvents(Settings<VideoSettings> settings, ProviderRooms rooms, RoomListener listener, Clock clock) {
        this.settings = settings;
        this.rooms = rooms;
        this.listener = listener;
        this.clock = clock;
    }

    /** An event of which something is kept. */
    private record Event(String id, Instant at, String meeting, int people) {}

    /**
     * Takes an event.
     *
     * @param body as it came
     * @param signature the header; empty when there was none
     * @throws ProblemException {@link Problem#FORBIDDEN} when nobody proves to have sent it; {@link Problem#MALFORMED} when it is none
     */
    void received(byte[] body, String signature) {
        var now = clock.instant();
        var values = settings.get();
        if (body.length > LARGEST || values.wherebyEventKey()
                .filter(key -> EventSignature.isValid(signature, body, key, now))
                .isEmpty()) {
            throw new ProblemException(Problem.FORBIDDEN,
                    "Nothing proves who has sent this; right would be Whereby-Signature over these bytes, of these five minutes");
        }
        read(body).ifPresent(event -> rooms
                .told(VideoProvider.WHEREBY, event.id(), event.meeting(), event.people(), event.at(), now)
                .ifPresent(session -> listener.people(session, event.people())));
    }

    /** Empty for what nothing is done about; more kinds may come at any time. */
    private static Optional<Event> read(byte[] body) {
        try (var reader = Json.createReader(new ByteArrayInputStream(body))) {
            var event = reader.readObject();
            var type = event.getString("type");
            if (!COUNTED.contains(type) && !ENDED.equals(type)) {
                return Optional.empty();
            }
            var data = event.getJsonObject("data");
            var people = type.equals(ENDED) ? 0 : Math.clamp(data.getInt("numClients"), 0, MOST_PEOPLE);
            return Optional.of(new Event(event.getString("id"),
                    OffsetDateTime.parse(event.getString("createdAt")).toInstant(), data.getString("meetingId"),
                    people));
        } catch (JsonException | NullPointerException | ClassCastException | DateTimeException notAnEvent) {
            throw new ProblemException(Problem.MALFORMED,
                    "This is no event of Whereby; right would be JSON with id, type, createdAt and data");
        }
    }
}

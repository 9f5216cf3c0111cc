// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.disclosure.OutboundCall;
import org.sluse.disclosure.OutboundCall.Method;
import org.sluse.disclosure.Recipient;
import org.sluse.id.Ids;
import org.sluse.plugin.Readiness;
import org.sluse.secret.Secret;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.provider.Frame;
import org.sluse.video.provider.MediaPath;
import org.sluse.video.provider.MediaProvider;
import org.sluse.video.provider.NoRoomException;
import org.sluse.video.provider.NoRoomException.Why;
import org.sluse.video.provider.ProviderRoom;
import org.sluse.video.provider.ProviderRoom.External;
import org.sluse.video.provider.whereby.WherebyRecords.CreateMeeting;
import org.sluse.video.provider.whereby.WherebyRecords.DeleteMeeting;
import org.sluse.video.provider.whereby.WherebyRecords.GuestEntry;
import org.sluse.video.provider.whereby.WherebyRecords.HostEntry;
import org.sluse.video.provider.whereby.WherebyRecords.RoomPreferences;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.settings.WherebyRooms;

/** Rooms at Whereby AS, over its interface v1 ({@code POST /meetings}, {@code DELETE /meetings/{id}}). */
@Dependent
public final class Whereby implements MediaProvider {

    /** Id of the recipient in register and ledger. */
    public static final String RECIPIENT = "whereby";

    private static final String NAME = "Whereby AS";
    private static final int SPARE_ROOMS = 2;
    private static final Pattern MEETING = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern ROOM_KEY = Pattern.compile("roomKey=([A-Za-z0-9._~-]{1,2000})");
    /** Whereby asks anew for a name that has one of these. */
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[$!<>:;]");

    private final DisclosureGate gate;
    private final RateBudget budget;
    private final Ids ids;

    @Inject
    Whereby(DisclosureGate gate, RateBudget budget, Ids ids) {
        this.gate = gate;
        this.budget = budget;
        this.ids = ids;
    }

    // ---- What it declares ----

    @Override
    public VideoProvider id() {
        return VideoProvider.WHEREBY;
    }

    /** Small rooms send from browser to browser with keys of the browsers; rooms for groups go through routers that decrypt (Whereby, security of Embedded). */
    @Override
    public MediaPath path(VideoSettings settings) {
        return settings.wherebyRooms() == WherebyRooms.SMALL ? MediaPath.P2P_E2EE : MediaPath.SFU_HOP;
    }

    @Override
    public List<Recipient> recipients(VideoSettings settings) {
        return List.of(new Recipient(RECIPIENT, NAME, settings.wherebyPostalAddress().orElse(""), "NO",
                "provider.service", "provider.basis", WherebyRecords.CARRIED,
                Stream.concat(settings.wherebyApi().stream(), frames(settings).stream()).toList(), Map.of(),
                List.of("field.display-name"),
                List.of("sees.network", "sees.browser", "sees.server", "sees.device", "sees.use")));
    }

    @Override
    public List<URI> frames(VideoSettings settings) {
        return settings.wherebySite().filter(site -> site.getHost() != null).stream().toList();
    }

    @Override
    public Readiness ready(VideoSettings settings) {
        return new Readiness(Stream.of(missing(settings.wherebyKey().isEmpty(), "ready.whereby-key"),
                missing(frames(settings).isEmpty(), "ready.whereby-site"),
                missing(settings.wherebyPostalAddress().isEmpty(), "ready.whereby-postal-address"))
                .flatMap(List::stream)
                .toList());
    }

    private static List<Readiness.Reason> missing(boolean isMissing, String key) {
        return isMissing ? List.of(new Readiness.Reason(key, Map.of())) : List.of();
    }

    @Override
    public int spareRooms() {
        return SPARE_ROOMS;
    }

    // ---- What it does ----

    @Override
    public ProviderRoom open(VideoSettings settings, Instant endsAt, boolean urgent) {
        var ends = endsAt.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        var payload = new CreateMeeting(ends.toString(), true,
                settings.wherebyRooms() == WherebyRooms.SMALL ? "normal" : "group", "uuid",
                new RoomPreferences(false, false), List.of("hostRoomUrl"));
        var answer = send(settings, Method.POST, "/meetings", payload, urgent);
        if (answer.status() != 201) {
            throw switch (answer.status()) {
                case 401, 403 -> new NoRoomException(Why.NOT_SET_UP, "Whereby does not take the clinic's key");
                case 429 -> busy();
                default -> unexpected("status " + answer.status());
            };
        }
        return new ProviderRoom(ids.next(), id(), path(settings), room(settings, answer.body()), ends);
    }

    /** Only what can be shown: a room of the clinic's own site, and a key that can stand in an address. */
    private External room(VideoSettings settings, String body) {
        try (var reader = Json.createReader(new StringReader(body))) {
            JsonObject meeting = reader.readObject();
            var id = meeting.getString("meetingId");
            var address = meeting.getString("roomUrl");
            var key = ROOM_KEY.matcher(
                    Optional.ofNullable(URI.create(meeting.getString("hostRoomUrl")).getRawQuery()).orElse(""));
            if (!MEETING.matcher(id).matches() || !isAt(settings, URI.create(address)) || !key.matches()) {
                throw unexpected("a room that is not of the clinic's site");
            }
            return new External(id, address, Optional.of(new Secret(key.group(1))));
        } catch (JsonException | NullPointerException | ClassCastException | IllegalArgumentException notAsDescribed) {
            throw unexpected("what is no meeting");
        }
    }

    private boolean isAt(VideoSettings settings, URI room) {
        return frames(settings).stream()
                .filter(site -> site.getScheme().equals(room.getScheme())
                        && site.getAuthority().equals(room.getAuthority())
                        && room.getRawQuery() == null && room.getRawFragment() == null)
                .findFirst()
                .isPresent();
    }

    @Override
    public Optional<Frame> entry(VideoSettings settings, ProviderRoom room, DisplayName name, boolean leads) {
        var shown = shown(name);
        var payload = room.external()
                .hostKey()
                .filter(key -> leads)
                .<Record>map(key -> new HostEntry(shown, key.reveal()))
                .orElseGet(() -> new GuestEntry(shown));
        try {
            return Optional.of(new Frame(gate.handOver(new OutboundCall(Method.GET,
                    URI.create(room.external().address()), Optional.empty(), Optional.empty(), payload)), NAME));
        } catch (DisclosureRefusedException refused) {
            throw notAllowed(refused);
        }
    }

    /** @return the name without what Whereby does not take in one */
    private static String shown(DisplayName name) {
        var shown = NOT_IN_A_NAME.matcher(name.value()).replaceAll(" ").strip();
        return shown.isEmpty() ? "-" : shown;
    }

    /** Deleting is idempotent there, so whatever is unknown is tried again. */
    @Override
    public boolean close(VideoSettings settings, ProviderRoom room) {
        try {
            var answer = send(settings, Method.DELETE, "/meetings/" + room.external().id(), new DeleteMeeting(), true);
            return answer.status() == 204 || answer.status() == 404;
        } catch (NoRoomException notNow) {
            return false;
        }
    }

    private Answer send(VideoSettings settings, Method method, String path, Record payload, boolean urgent) {
        var key = settings.wherebyKey()
                .orElseThrow(() -> new NoRoomException(Why.NOT_SET_UP, "The clinic has no key of Whereby"));
        var api = settings.wherebyApi()
                .orElseThrow(() -> new NoRoomException(Why.NOT_SET_UP, "The address of Whereby's interface is empty"));
        if (!budget.take(key, urgent)) {
            throw busy();
        }
        try {
            var answer = gate.send(new OutboundCall(method, URI.create(api + path), Optional.of(key),
                    Optional.empty(), payload));
            budget.heard(key, answer);
            return answer;
        } catch (DisclosureRefusedException refused) {
            throw notAllowed(refused);
        } catch (NotSentException | NoAnswerException silent) {
            throw new NoRoomException(Why.UNREACHABLE, "Whereby does not answer", silent);
        }
    }

    private static NoRoomException notAllowed(DisclosureRefusedException refused) {
        return new NoRoomException(Why.NOT_ALLOWED, "Nothing may pass to Whereby now: " + refused.reason(), refused);
    }

    private static NoRoomException busy() {
        return new NoRoomException(Why.BUSY, "Whereby takes no more calls of the clinic's account in this minute");
    }

    private static NoRoomException unexpected(String what) {
        return new NoRoomException(Why.UNREACHABLE,
                "Whereby answered with " + what + "; right would be 201 and a meeting");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.sluse.actor.Staff;
import org.sluse.id.Ids;
import org.sluse.secret.Secret;
import org.sluse.settings.Settings;
import org.sluse.tenant.TenantContext;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.JoinToken;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.admission.TurnCredential;
import org.sluse.video.provider.NoRoomException;
import org.sluse.video.provider.ProviderRooms;
import org.sluse.video.session.VideoSession;
import org.sluse.video.settings.VideoSettings;

/** Issues the right to media, and knows it again. The caller decides who may have it. */
@Dependent
final class MediaRights {

    private static final Duration SHORTEST_RELAY_RIGHT = Duration.ofHours(1);

    private final SigningKeys keys;
    private final ProviderRooms rooms;
    private final Settings<VideoSettings> settings;
    private final Staff staff;
    private final TenantContext context;
    private final Ids ids;
    private final Clock clock;

    @Inject
    MediaRights(SigningKeys keys, ProviderRooms rooms, Settings<VideoSettings> settings, Staff staff,
            TenantContext context, Ids ids,
            Clock clock) {
        this.keys = keys;
        this.rooms = rooms;
        this.settings = settings;
        this.staff = staff;
        this.context = context;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The right of one person.
     *
     * @param who the pseudonym of one who may talk
     * @throws NoRoomException when they may not enter the session's room at its provider now
     */
    MediaRight issue(VideoSession session, String who) {
        var now = settings.get();
        var host = nameOf(session.hostId());
        var guest = session.find(who);
        var name = guest.map(Participant::displayName).orElseGet(() -> new DisplayName(host.orElse("Host")));
        var role = guest.map(Participant::role).orElse(ParticipantRole.HOST);
        var token = new JoinToken(context.tenant().id(), who, session.room(), role, name,
                clock.instant().plusSeconds(now.joinTokenTtlSeconds()), ids.token());
        return new MediaRight(token.signed(keys.key()), now.isRelayed(), relay(now,
                secret -> TurnCredential.until(until(session), ids.token(), secret)), host.orElse(""),
                way(session, name, role == ParticipantRole.HOST || role == ParticipantRole.CO_HOST));
    }

    private MediaRight.Way way(VideoSession session, DisplayName name, boolean leads) {
        return rooms.find(session.id())
                .map(room -> new MediaRight.Way(room.provider(), room.path(), rooms.entry(room, name, leads)))
                .orElseGet(() -> new MediaRight.Way(settings.get().provider(), rooms.path(), Optional.empty()));
    }

    /** The practitioner's name as others may see it; empty for one who is not in the clinic's list any more, or whose name cannot be shown. */
    Optional<String> nameOf(String staffId) {
        return staff.find(staffId).map(Staff.Member::name).filter(name -> DisplayName.refusal(name).isEmpty());
    }

    /** Whether the token was issued to whoever has this pseudonym in the session and is accepted now. */
    boolean isRightOf(String token, VideoSession session, String who) {
        return JoinToken.isRightOf(token, keys.key(), context.tenant().id(), session.room(), who, clock.instant());
    }

    /** The relay, for a participant who may not talk yet and tries the way to it; empty when calls are direct. */
    Optional<MediaRight.Relay> relayToTry(UUID participant) {
        return relay(settings.get(), secret -> TurnCredential.toTry(participant, clock.instant(), secret));
    }

    /** Whether calls of the bound tenant go through its relay now. */
    boolean areRelayed() {
        return settings.get().isRelayed();
    }

    private static Optional<MediaRight.Relay> relay(VideoSettings now, Function<Secret, TurnCredential> credential) {
        return now.turnSecret()
                .filter(secret -> now.isRelayed())
                .map(secret -> new MediaRight.Relay(now.relays(), credential.apply(secret)));
    }

    private Instant until(VideoSession session) {
        var atLeast = clock.instant().plus(SHORTEST_RELAY_RIGHT);
        return session.closesAt().isAfter(atLeast) ? session.closesAt() : atLeast;
    }
}

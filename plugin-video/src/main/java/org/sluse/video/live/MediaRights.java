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
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.admission.TurnCredential;
import org.sluse.video.session.VideoSession;
import org.sluse.video.settings.VideoSettings;

/** Issues the right to media, and knows it again. The caller decides who may have it. */
@Dependent
final class MediaRights {

    private static final Duration SHORTEST_RELAY_RIGHT = Duration.ofHours(1);

    private final SigningKeys keys;
    private final Settings<VideoSettings> settings;
    private final Staff staff;
    private final TenantContext context;
    private final Ids ids;
    private final Clock clock;

    @Inject
    MediaRights(SigningKeys keys, Settings<VideoSettings> settings, Staff staff, TenantContext context, Ids ids,
            Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.staff = staff;
        this.context = context;
        this.ids = ids;
        this.clock = clock;
    }

    MediaRight issue(VideoSession session, ParticipantRole role) {
        var now = settings.get();
        var host = staff.find(session.hostId())
                .map(Staff.Member::name)
                .filter(name -> DisplayName.refusal(name).isEmpty());
        var patient = session.patient().displayName();
        var token = new JoinToken(context.tenant().id(), inRoom(session, role), session.room(), role,
                role == ParticipantRole.PATIENT ? patient : new DisplayName(host.orElse("Host")),
                clock.instant().plusSeconds(now.joinTokenTtlSeconds()), ids.token());
        return new MediaRight(token.signed(keys.key()), now.isRelayed(), relay(now,
                secret -> TurnCredential.until(until(session), ids.token(), secret)),
                role == ParticipantRole.HOST ? patient.value() : host.orElse(""));
    }

    /** Whether the token was issued to this side of the session and is accepted now. */
    boolean isRightOf(String token, VideoSession session, ParticipantRole role) {
        return JoinToken.isRightOf(token, keys.key(), context.tenant().id(), session.room(), inRoom(session, role),
                clock.instant());
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

    private static String inRoom(VideoSession session, ParticipantRole role) {
        return role == ParticipantRole.HOST ? session.hostInRoom() : session.patient().inRoom();
    }
}

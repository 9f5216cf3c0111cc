// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.session.VideoSession;

/**
 * The place of a session in which somebody waits.
 *
 * @param before how many sessions of the same practitioner wait before it
 * @param about when it is likely to be its turn, a whole five minutes and never before the appointment; empty when nothing says so
 */
record Turn(UUID session, int before, Optional<Instant> about) {

    private static final long STEP_SECONDS = Duration.ofMinutes(5).toSeconds();

    /**
     * Of all sessions in which somebody waits, in their order, if each conversation takes the time that is planned for it. Whoever comes late to a conversation that is under
     * way has nobody before them. Nothing says when it is the turn of anybody while a conversation takes longer than planned, nor of the first as long as there is none.
     *
     * @param present one practitioner's sessions in which anybody waits or was let in, longest waiting first
     */
    static List<Turn> of(List<VideoSession> present, Instant now) {
        var planned = present.stream()
                .filter(Turn::isUnderWay)
                .map(VideoSession::plannedEnd)
                .max(Instant::compareTo);
        var isUnsure = planned.filter(end -> !end.isAfter(now)).isPresent();
        var free = planned.orElse(now);
        var turns = new ArrayList<Turn>();
        var before = 0;
        for (var session : present) {
            if (guests(session).noneMatch(each -> each.admission().isWaiting())) {
                continue;
            }
            if (isUnderWay(session)) {
                turns.add(new Turn(session.id(), 0, Optional.empty()));
            } else {
                var begins = free.isAfter(session.startsAt()) ? free : session.startsAt();
                var says = !isUnsure && (planned.isPresent() || before > 0);
                turns.add(new Turn(session.id(), before++, Optional.of(begins).filter(any -> says).map(Turn::up)));
                free = begins.plus(session.length());
            }
        }
        return turns;
    }

    private static boolean isUnderWay(VideoSession session) {
        return guests(session).anyMatch(each -> each.admission().mayTalk());
    }

    /** Its people but the co-hosts, who take nobody's time. */
    private static Stream<Participant> guests(VideoSession session) {
        return session.people().stream().filter(each -> each.role() != ParticipantRole.CO_HOST);
    }

    private static Instant up(Instant at) {
        return Instant.ofEpochSecond(Math.ceilDiv(at.getEpochSecond(), STEP_SECONDS) * STEP_SECONDS);
    }
}

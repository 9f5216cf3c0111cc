// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sluse.video.session.VideoSession;

/**
 * The place of somebody who waits.
 *
 * @param before how many wait before them for the same practitioner
 * @param about when it is likely to be their turn, a whole five minutes and never before their appointment; empty when nothing says so
 */
record Turn(UUID session, int before, Optional<Instant> about) {

    private static final long STEP_SECONDS = Duration.ofMinutes(5).toSeconds();

    /**
     * Of all who wait, in their order, if each conversation takes the time that is planned for it. Nothing says when it is the turn of anybody while one that is under way
     * takes longer than planned, nor of the first as long as there is none.
     *
     * @param present one practitioner's sessions whose patient waits or was let in, longest waiting first
     */
    static List<Turn> of(List<VideoSession> present, Instant now) {
        var planned = present.stream()
                .filter(each -> each.patient().admission().mayTalk())
                .map(VideoSession::plannedEnd)
                .max(Instant::compareTo);
        var isUnsure = planned.filter(end -> !end.isAfter(now)).isPresent();
        var free = planned.orElse(now);
        var turns = new ArrayList<Turn>();
        for (var session : present) {
            if (session.patient().admission().isWaiting()) {
                var begins = free.isAfter(session.startsAt()) ? free : session.startsAt();
                var says = !isUnsure && (planned.isPresent() || !turns.isEmpty());
                turns.add(new Turn(session.id(), turns.size(), Optional.of(begins).filter(any -> says).map(Turn::up)));
                free = begins.plus(session.length());
            }
        }
        return turns;
    }

    private static Instant up(Instant at) {
        return Instant.ofEpochSecond(Math.ceilDiv(at.getEpochSecond(), STEP_SECONDS) * STEP_SECONDS);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.problem.ProblemException;

/** Many who come with the same ticket at once. */
class TicketRaceTest extends OneSession {

    /** Each has a connection to the database, of which it has a hundred. */
    private static final int AT_ONCE = 40;

    @Test
    void of_a_thousand_who_spend_one_ticket_at_once_one_comes_in() throws Exception {
        var ticket = patientTicket();
        var browser = Set.of(participantId());
        var together = new CountDownLatch(1);
        var in = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            IntStream.range(0, 1_000).forEach(each -> threads.submit(() -> {
                together.await();
                try {
                    tickets.spend(ticket, browser);
                    in.incrementAndGet();
                } catch (ProblemException spent) {
                    refused.incrementAndGet();
                }
                return null;
            }));
            together.countDown();
        }

        assertThat(in).hasValue(1);
        assertThat(refused).hasValue(999);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CrewTest {

    @Test
    void everything_is_done_once_by_eight_at_a_time() {
        var left = new AtomicInteger(1 + 10 * Crew.AT_ONCE);
        var atWork = new AtomicInteger();
        var most = new AtomicInteger();
        var together = new CyclicBarrier(Crew.AT_ONCE);
        var alone = new AtomicInteger();

        Crew.work(() -> {
            var number = left.getAndDecrement();
            if (number <= 0) {
                return false;
            }
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            if (alone.getAndIncrement() > 0) {
                await(together);
            }
            atWork.decrementAndGet();
            return true;
        });

        assertThat(most).as("the barrier opens for as many only").hasValue(Crew.AT_ONCE);
        assertThat(left).hasNonPositiveValue();
    }

    @Test
    void what_fails_keeps_nobody_else_from_the_rest_and_is_told_at_the_end() {
        var left = new AtomicInteger(100);

        assertThatThrownBy(() -> Crew.work(() -> {
            if (left.getAndDecrement() == 50) {
                throw new IllegalStateException("one of them");
            }
            return left.get() > 0;
        })).hasMessage("one of them");

        assertThat(left).hasNonPositiveValue();
    }

    @Test
    void who_is_interrupted_interrupts_those_who_work_with_it() throws InterruptedException {
        var begun = new CountDownLatch(Crew.AT_ONCE + 1);
        var interrupted = new CountDownLatch(Crew.AT_ONCE);
        var first = new AtomicInteger();
        var caller = Thread.ofVirtual().start(() -> Crew.work(() -> {
            begun.countDown();
            if (first.getAndIncrement() == 0) {
                return true;
            }
            try {
                new CountDownLatch(1).await(20, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                interrupted.countDown();
            }
            return false;
        }));
        begun.await();

        caller.interrupt();

        interrupted.await();
        caller.join();
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(10, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new IllegalStateException("Fewer than " + Crew.AT_ONCE + " work together", alone);
        }
    }
}

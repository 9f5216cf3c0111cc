// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LookTest {

    private static final Duration SOON = Duration.ofMillis(1);

    private final Look look = new Look("test");

    @AfterEach
    void stop() {
        look.stop();
    }

    @Test
    void it_looks_again_and_again_whatever_fails() throws InterruptedException {
        var looks = new CountDownLatch(3);

        look.every(SOON, () -> {
            looks.countDown();
            throw new IllegalStateException("the database is away");
        });

        looks.await();
    }

    @Test
    void what_is_to_be_done_once_is_done_again_until_it_succeeds_and_then_no_more() throws InterruptedException {
        var attempts = new AtomicInteger();
        var later = new CountDownLatch(1);

        look.once(SOON, () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new NoClassDefFoundError("of a plugin");
            }
            look.once(SOON, later::countDown);
        });

        later.await();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void what_is_stopped_is_interrupted_and_begins_nothing_any_more() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        look.once(SOON, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await(10, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw new IllegalStateException(stopped);
            }
        });
        begun.await();

        look.stop();

        interrupted.await();
    }
}

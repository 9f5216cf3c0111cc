// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.disclosure.Breakers.Way;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

class BreakersTest {

    private static final Answer DONE = new Answer(200, Map.of(), "");
    private static final Way NORTH = new Way(new TenantId("clinic-north"), new PluginId("epr"), "epr");
    private static final Way SOUTH = new Way(new TenantId("clinic-south"), new PluginId("epr"), "epr");

    private final Breakers breakers = new Breakers();

    @Test
    void a_recipient_that_was_silent_five_times_is_left_alone_and_only_at_that_clinic() {
        for (var time = 0; time < Breakers.SILENT_IN_A_ROW; time++) {
            assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> breakers.call(NORTH, () -> {
                throw new NoAnswerException("Silent", new RuntimeException());
            }));
        }
        var called = new AtomicInteger();

        assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> breakers.call(NORTH, () -> {
            called.incrementAndGet();
            return DONE;
        }));

        assertThat(called).hasValue(0);
        assertThat(breakers.call(SOUTH, () -> DONE)).isEqualTo(DONE);
    }

    @Test
    void a_refusal_of_the_gates_own_says_nothing_about_the_recipient() {
        for (var time = 0; time < 2 * Breakers.SILENT_IN_A_ROW; time++) {
            assertThatExceptionOfType(DisclosureRefusedException.class).isThrownBy(() -> breakers.call(NORTH, () -> {
                throw new DisclosureRefusedException(DisclosureRefusedException.Reason.MODULE_OFF, "Off");
            }));
        }

        assertThat(breakers.call(NORTH, () -> DONE)).isEqualTo(DONE);
    }

    @Test
    void a_recipient_that_hangs_holds_eight_calls_and_no_more() throws Exception {
        var hanging = new CountDownLatch(1);
        var begun = new CountDownLatch(Breakers.AT_ONCE);
        var calls = Stream.generate(() -> CompletableFuture.supplyAsync(() -> breakers.call(NORTH, () -> {
            begun.countDown();
            await(hanging);
            return DONE;
        }), task -> Thread.ofVirtual().start(task))).limit(Breakers.AT_ONCE).toList();
        begun.await();

        assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> breakers.call(NORTH, () -> DONE));
        assertThat(breakers.call(SOUTH, () -> DONE)).isEqualTo(DONE);

        hanging.countDown();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(DONE));
        assertThat(breakers.call(NORTH, () -> DONE)).isEqualTo(DONE);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

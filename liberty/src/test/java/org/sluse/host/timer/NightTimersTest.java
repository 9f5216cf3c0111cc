// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sluse.host.gate.Gate;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

@Timeout(20)
class NightTimersTest {

    private static final Duration WHILE_FULL = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();
    private final Gate gate = new Gate();
    private final Binding binding = new Binding();
    private final NightTimers nights = new NightTimers(Stream::of, gate, binding, clock);
    private final List<TenantId> clinics = IntStream.range(0, NightTimers.MOST_AT_ONCE + 1)
            .mapToObj(number -> new TenantId("clinic-" + number))
            .toList();

    /** What is done is given. */
    private record Work(Runnable work) implements NightTimer {

        @Override
        public String name() {
            return "test";
        }

        @Override
        public void run() {
            work.run();
        }
    }

    @Test
    void a_clinic_of_another_location_keeps_its_turn_for_a_node_there() {
        var gone = clinics.getFirst();
        gate.enforce(2, Map.of(), List.of(), Set.of(), Set.of(gone));

        assertThat(nights.run(new Work(() -> {
            throw new AssertionError("not here");
        }), gone)).contains(clock.instant().plus(WHILE_FULL));
    }

    NightTimersTest() {
        var on = new LinkedHashMap<Tenant, List<PluginId>>();
        clinics.forEach(id -> on.put(new Tenant(id, "Clinic", "Frankfurt"), List.of()));
        gate.enforce(1, on, List.of(), Set.of());
        gate.confirm(System.nanoTime());
    }

    @Test
    void eight_clinics_have_their_turn_at_a_time_and_who_comes_then_waits_half_a_minute() throws Exception {
        var begun = new CountDownLatch(NightTimers.MOST_AT_ONCE);
        var end = new CountDownLatch(1);
        var last = clinics.getLast();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var turns = new ArrayList<Future<?>>();
            clinics.subList(0, NightTimers.MOST_AT_ONCE)
                    .forEach(clinic -> turns.add(threads.submit(() -> nights.run(new Work(() -> {
                        begun.countDown();
                        await(end);
                    }), clinic))));
            begun.await();

            assertThat(nights.run(new Work(() -> {
                throw new AssertionError("There is no place");
            }), last)).contains(clock.instant().plus(WHILE_FULL));

            end.countDown();
            for (var turn : turns) {
                turn.get();
            }
        }
        assertThat(nights.run(new Work(() -> {
        }), last)).contains(Night.next(last, clock.instant()));
    }

    @Test
    void one_that_fails_gives_its_place_back() {
        var fails = new Work(() -> {
            throw new IllegalStateException("the database is away");
        });

        for (var time = 0; time <= NightTimers.MOST_AT_ONCE; time++) {
            assertThatThrownBy(() -> nights.run(fails, clinics.getFirst())).hasMessage("the database is away");
        }
    }

    @Test
    void the_clinic_is_bound_and_one_that_is_gone_has_no_turn_any_more() {
        var bound = new ArrayList<TenantId>();
        var work = new Work(() -> bound.add(binding.tenant().id()));

        nights.run(work, clinics.getFirst());

        assertThat(nights.run(work, new TenantId("clinic-gone"))).isEqualTo(Optional.empty());
        assertThat(bound).containsExactly(clinics.getFirst());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

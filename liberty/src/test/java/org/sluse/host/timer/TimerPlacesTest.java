// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

class TimerPlacesTest {

    private static final int THREADS = 3;
    private static final Instant LATER = ManualClock.NOON.plusSeconds(2);
    private static final Instant NEXT = ManualClock.NOON.plusSeconds(60);
    private static final PluginId VIDEO = new PluginId("video");
    private static final PluginId EPR = new PluginId("epr");

    private final Bulkheads bulkheads = new Bulkheads();
    private final TimerPlaces places = new TimerPlaces(bulkheads, THREADS);
    private final List<Optional<Instant>> whileAllHang = new ArrayList<>();

    @Test
    void a_plugin_whose_timers_hang_at_several_clinics_waits_with_the_next_and_no_other_plugin_does() {
        hang(THREADS, () -> {
            whileAllHang.add(run(VIDEO, "clinic-north"));
            whileAllHang.add(run(EPR, "clinic-north"));
        });

        assertThat(whileAllHang).containsExactly(Optional.of(LATER), Optional.of(NEXT));
        assertThat(run(VIDEO, "clinic-north")).contains(NEXT);
    }

    @Test
    void a_timer_waits_where_the_module_has_too_much_to_do_for_the_clinic() {
        var north = new TenantId("clinic-north");
        var taken = IntStream.range(0, Bulkheads.AT_ONCE)
                .mapToObj(i -> bulkheads.take(north, VIDEO).orElseThrow())
                .toList();

        assertThat(run(VIDEO, "clinic-north")).contains(LATER);
        assertThat(run(VIDEO, "clinic-south")).contains(NEXT);
        taken.getFirst().close();
        assertThat(run(VIDEO, "clinic-north")).contains(NEXT);
    }

    @Test
    void a_timer_that_throws_leaves_its_thread_and_its_place() {
        for (var round = 0; round < 2 * Bulkheads.AT_ONCE; round++) {
            assertThatThrownBy(() -> places.run(VIDEO, new TenantId("clinic-north"), LATER, () -> {
                throw new IllegalStateException("a fault of the plugin's");
            })).hasMessage("a fault of the plugin's");
        }

        assertThat(run(VIDEO, "clinic-north")).contains(NEXT);
    }

    /** Does something while so many timers of video are at work, each at a clinic of its own. */
    private void hang(int timers, Runnable meanwhile) {
        if (timers == 0) {
            meanwhile.run();
            return;
        }
        places.run(VIDEO, new TenantId("clinic-" + timers), LATER, () -> {
            hang(timers - 1, meanwhile);
            return Optional.empty();
        });
    }

    private Optional<Instant> run(PluginId plugin, String clinic) {
        return places.run(plugin, new TenantId(clinic), LATER, () -> Optional.of(NEXT));
    }
}

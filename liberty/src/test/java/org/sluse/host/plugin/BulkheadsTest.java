// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

class BulkheadsTest {

    private static final TenantId NORTH = new TenantId("clinic-north");
    private static final TenantId SOUTH = new TenantId("clinic-south");
    private static final PluginId VIDEO = new PluginId("video");

    private final Bulkheads bulkheads = new Bulkheads();

    @Test
    void a_plugin_has_so_many_places_at_a_clinic_and_no_more() {
        var taken = IntStream.range(0, Bulkheads.AT_ONCE).mapToObj(i -> bulkheads.take(NORTH, VIDEO)).toList();

        assertThat(taken).allMatch(Optional::isPresent);
        assertThat(bulkheads.take(NORTH, VIDEO)).isEmpty();
        assertThat(bulkheads.take(SOUTH, VIDEO)).isPresent();
        assertThat(bulkheads.take(NORTH, new PluginId("epr"))).isPresent();
        assertThat(taken).hasSize(Bulkheads.AT_ONCE);
    }

    @Test
    void a_place_that_is_given_back_twice_is_one_place() {
        var taken = IntStream.range(0, Bulkheads.AT_ONCE)
                .mapToObj(i -> bulkheads.take(NORTH, VIDEO).orElseThrow())
                .toList();

        taken.getFirst().close();
        taken.getFirst().close();

        assertThat(bulkheads.take(NORTH, VIDEO)).isPresent();
        assertThat(bulkheads.take(NORTH, VIDEO)).isEmpty();
        assertThat(taken).hasSize(Bulkheads.AT_ONCE);
    }

    @Test
    void what_hangs_is_not_forgotten_however_long_it_hangs() {
        var hanging = IntStream.range(0, Bulkheads.AT_ONCE).mapToObj(i -> bulkheads.take(NORTH, VIDEO)).toList();

        collect();

        assertThat(bulkheads.take(NORTH, VIDEO)).isEmpty();
        assertThat(hanging).allMatch(Optional::isPresent);
    }

    /** Until something that nobody holds is gone. */
    private static void collect() {
        var gone = new WeakReference<>(new Object());
        while (gone.get() != null) {
            System.gc();
            Thread.onSpinWait();
        }
    }
}

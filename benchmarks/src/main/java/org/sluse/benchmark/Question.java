// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/**
 * Whether a clinic has a module on, asked of somebody who knows. Five modules; half of the pairs are on; which pair is asked for is drawn at random. A
 * pair is the number of the clinic times five plus the number of the module. Each is asked with the very objects that it was filled with: the request
 * filter asks with the ids that the gate and the registry gave it, and who uses a peer holds the names of the features as constants.
 */
@State(Scope.Benchmark)
public abstract class Question {

    static final List<PluginId> PLUGINS = IntStream.range(0, 5).mapToObj(i -> new PluginId("plugin" + i)).toList();

    /** How many clinics there are. */
    @Param({"1000", "100000"})
    int tenants;

    private int pairs;
    private long drawn = 20261124;

    /** Tells who is asked what is on: element i is pair i. */
    abstract void fill(boolean[] on);

    /** What is measured. */
    abstract boolean ask(int pair);

    /** Fills, and refuses to measure what answers wrongly. */
    @Setup
    public void prepare() {
        var random = new Random(20261124);
        var on = new boolean[tenants * PLUGINS.size()];
        for (var pair = 0; pair < on.length; pair++) {
            on[pair] = pair % 2 == 0;
        }
        for (var pair = on.length - 1; pair > 0; pair--) {
            var other = random.nextInt(pair + 1);
            var kept = on[pair];
            on[pair] = on[other];
            on[other] = kept;
        }
        fill(on);
        pairs = on.length;
        // As in a server that has run for a while: what is kept lies together, without the rubbish of filling in between.
        System.gc();
        for (var pair = 0; pair < on.length; pair++) {
            if (ask(pair) != on[pair]) {
                throw new IllegalStateException(getClass().getSimpleName() + " answers wrongly for " + name(pair));
            }
        }
    }

    /** Draws as it goes (Knuth's MMIX generator, the high bits): a list of draws would take the caches from what is measured. */
    final boolean askNext() {
        drawn = drawn * 6364136223846793005L + 1442695040888963407L;
        return ask((int) ((drawn >>> 33) * pairs >>> 31));
    }

    /** The ids of the clinics that have the module on. */
    static Set<String> clinicsWith(PluginId plugin, boolean[] on) {
        return IntStream.range(0, on.length)
                .filter(pair -> on[pair] && pluginOf(pair).equals(plugin))
                .mapToObj(pair -> tenantOf(pair).value())
                .collect(Collectors.toUnmodifiableSet());
    }

    static TenantId tenantId(int tenant) {
        return new TenantId("clinic-" + tenant);
    }

    static TenantId tenantOf(int pair) {
        return tenantId(pair / PLUGINS.size());
    }

    static PluginId pluginOf(int pair) {
        return PLUGINS.get(pair % PLUGINS.size());
    }

    static String name(int pair) {
        return tenantOf(pair) + "/" + pluginOf(pair);
    }
}

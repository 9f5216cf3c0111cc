// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;

/** A clinic and the plugins that it has on, as of one revision. Found once for a request, and asked as often as needed without another look-up of the clinic. Immutable. */
public final class Standing {

    private final Tenant tenant;
    // Both are shared by all clinics of the revision that have the same on, so that they stay in the cache of a core however many clinics there are.
    private final Map<PluginId, Integer> numbers;
    private final BitSet on;

    /**
     * @param numbers every plugin there is, each with a number of its own from 0
     * @param on the numbers of those that the tenant has on; not changed any more
     */
    Standing(Tenant tenant, Map<PluginId, Integer> numbers, BitSet on) {
        this.tenant = tenant;
        this.numbers = numbers;
        this.on = on;
    }

    /** Whose it is. */
    public Tenant tenant() {
        return tenant;
    }

    /** Whether the tenant has the plugin on. False for a plugin that is not there. */
    public boolean has(PluginId plugin) {
        @Nullable
        Integer number = numbers.get(plugin);
        return number != null && on.get(number);
    }
}

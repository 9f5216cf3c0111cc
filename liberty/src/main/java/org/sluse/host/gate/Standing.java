// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.BitSet;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;

/** A clinic and the plugins that it has on, as of one revision. Found once for a request, and asked as often as needed without another look-up of the clinic. Immutable. */
public final class Standing {

    private final Tenant tenant;
    // Both are shared by all clinics of the revision that have the same on, so that they stay in the cache of a core however many clinics there are.
    private final IdTable<PluginId> plugins;
    private final BitSet on;

    /**
     * @param plugins every plugin there is
     * @param on the slots of those that the tenant has on; not changed any more
     */
    Standing(Tenant tenant, IdTable<PluginId> plugins, BitSet on) {
        this.tenant = tenant;
        this.plugins = plugins;
        this.on = on;
    }

    /** Whose it is. */
    public Tenant tenant() {
        return tenant;
    }

    /** Whether the tenant has the plugin on. False for a plugin that is not there. */
    public boolean has(PluginId plugin) {
        var slot = plugins.slotOf(plugin);
        return slot != IdTable.ABSENT && on.get(slot);
    }
}

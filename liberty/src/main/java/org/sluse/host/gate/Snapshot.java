// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/**
 * What is in force at one revision.
 *
 * @param revision which
 * @param tenants every clinic with its bits: bit i is plugin i of {@code plugins}
 * @param plugins the plugins, in the order of the bits; at most 64
 */
record Snapshot(long revision, Map<TenantId, Entry> tenants, List<PluginId> plugins) {

    static final Snapshot NOTHING = new Snapshot(-1, Map.of(), List.of());

    record Entry(Tenant tenant, long bits) {}

    Snapshot {
        tenants = Map.copyOf(tenants);
        plugins = List.copyOf(plugins);
        if (plugins.size() > Long.SIZE) {
            throw new IllegalArgumentException(
                    "There are " + plugins.size() + " plugins; 64 is the most that this gate can hold");
        }
    }

    boolean isOn(TenantId tenant, PluginId plugin) {
        var entry = tenants.get(tenant);
        if (entry == null) {
            return false;
        }
        var bit = plugins.indexOf(plugin);
        return bit >= 0 && (entry.bits() & 1L << bit) != 0;
    }

    Optional<Tenant> tenant(TenantId id) {
        return Optional.ofNullable(tenants.get(id)).map(Entry::tenant);
    }
}

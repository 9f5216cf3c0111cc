// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** What is in force at one revision. Immutable. */
final class Snapshot {

    static final Snapshot NOTHING = new Snapshot(-1, Map.of(), List.of());

    private final long revision;
    // Tables with chains, and not Map.copyOf: ids that count up, as clinic-1 and clinic-2 do, lie side by side in that one, and a search in it took 17 times as long.
    private final HashMap<TenantId, Entry> tenants = new HashMap<>();
    private final HashMap<PluginId, Long> bits = new HashMap<>();

    /** @param on the bits of the plugins that it has on */
    private record Entry(Tenant tenant, long on) {}

    /**
     * @param revision which
     * @param on every clinic and the plugins that it has on; one that is not in {@code plugins} counts as off
     * @param plugins the plugins there are; at most 64
     */
    Snapshot(long revision, Map<Tenant, List<PluginId>> on, List<PluginId> plugins) {
        if (plugins.size() > Long.SIZE) {
            throw new IllegalArgumentException(
                    "There are " + plugins.size() + " plugins; 64 is the most that this gate can hold");
        }
        this.revision = revision;
        for (var plugin : plugins) {
            bits.put(plugin, 1L << bits.size());
        }
        on.forEach((tenant, its) -> tenants.put(tenant.id(), new Entry(tenant, bitsOf(its))));
    }

    long revision() {
        return revision;
    }

    boolean isOn(TenantId tenant, PluginId plugin) {
        var entry = tenants.get(tenant);
        return entry != null && (entry.on() & bitOf(plugin)) != 0;
    }

    Optional<Tenant> tenant(TenantId id) {
        return Optional.ofNullable(tenants.get(id)).map(Entry::tenant);
    }

    List<Tenant> tenantsWith(PluginId plugin) {
        var bit = bitOf(plugin);
        return tenants.values().stream().filter(entry -> (entry.on() & bit) != 0).map(Entry::tenant).toList();
    }

    private long bitOf(PluginId plugin) {
        var bit = bits.get(plugin);
        return bit == null ? 0 : bit;
    }

    private long bitsOf(List<PluginId> plugins) {
        return plugins.stream().mapToLong(this::bitOf).reduce(0, (all, one) -> all | one);
    }
}

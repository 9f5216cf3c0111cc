// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** What is in force at one revision. Immutable. */
final class Snapshot {

    static final Snapshot NOTHING = new Snapshot(-1, Map.of(), List.of(), Set.of());

    private final long revision;
    private final IdTable<TenantId> tenants;
    private final IdTable<PluginId> plugins;
    // By the slot of the tenant: who it is, and the bits of the plugins that it has on.
    private final @Nullable Tenant[] tenantAt;
    private final long[] onAt;
    // By the slot of the plugin: its bit.
    private final long[] bitAt;
    private final Set<Killed> killed;

    /**
     * @param revision which
     * @param on every clinic and the plugins that it has on; one that is not in {@code plugins} counts as off
     * @param plugins the plugins there are; at most 64
     * @param killed what the operator has forbidden
     */
    Snapshot(long revision, Map<Tenant, List<PluginId>> on, List<PluginId> plugins, Set<Killed> killed) {
        if (plugins.size() > Long.SIZE) {
            throw new IllegalArgumentException(
                    "There are " + plugins.size() + " plugins; 64 is the most that this gate can hold");
        }
        this.revision = revision;
        this.killed = Set.copyOf(killed);
        this.plugins = new IdTable<>(plugins);
        bitAt = new long[this.plugins.slots()];
        for (var number = 0; number < plugins.size(); number++) {
            bitAt[this.plugins.slotOf(plugins.get(number))] = 1L << number;
        }
        tenants = new IdTable<>(on.keySet().stream().map(Tenant::id).toList());
        tenantAt = new @Nullable Tenant[tenants.slots()];
        onAt = new long[tenants.slots()];
        on.forEach((tenant, its) -> {
            var slot = tenants.slotOf(tenant.id());
            tenantAt[slot] = tenant;
            onAt[slot] = its.stream().mapToLong(this::bitOf).reduce(0, (all, one) -> all | one);
        });
    }

    long revision() {
        return revision;
    }

    Set<Killed> killed() {
        return killed;
    }

    boolean isOn(TenantId tenant, PluginId plugin) {
        var slot = tenants.slotOf(tenant);
        return slot != IdTable.ABSENT && (onAt[slot] & bitOf(plugin)) != 0;
    }

    Optional<Tenant> tenant(TenantId id) {
        var slot = tenants.slotOf(id);
        return slot == IdTable.ABSENT ? Optional.empty() : Optional.ofNullable(tenantAt[slot]);
    }

    List<Tenant> tenantsWith(PluginId plugin) {
        return Arrays.stream(tenantAt)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(tenant -> isOn(tenant.id(), plugin))
                .toList();
    }

    private long bitOf(PluginId plugin) {
        var slot = plugins.slotOf(plugin);
        return slot == IdTable.ABSENT ? 0 : bitAt[slot];
    }
}

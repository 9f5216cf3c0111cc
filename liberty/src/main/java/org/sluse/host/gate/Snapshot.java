// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    // By the slot of the tenant: who it is.
    private final @Nullable Tenant[] tenantAt;
    // By the slot of the plugin: the slots of the tenants that have it on. A bit a tenant, so that all of it stays in the cache of a core.
    private final BitSet[] onAt;
    private final Set<Killed> killed;

    /**
     * @param revision which
     * @param on every clinic and the plugins that it has on; one that is not in {@code plugins} counts as off
     * @param plugins the plugins there are
     * @param killed what the operator has forbidden
     */
    Snapshot(long revision, Map<Tenant, List<PluginId>> on, List<PluginId> plugins, Set<Killed> killed) {
        this.revision = revision;
        this.killed = Set.copyOf(killed);
        this.plugins = new IdTable<>(plugins);
        tenants = new IdTable<>(on.keySet().stream().map(Tenant::id).toList());
        tenantAt = new @Nullable Tenant[tenants.slots()];
        onAt = Stream.generate(() -> new BitSet(tenants.slots())).limit(this.plugins.slots()).toArray(BitSet[]::new);
        on.forEach((tenant, its) -> {
            var slot = tenants.slotOf(tenant.id());
            tenantAt[slot] = tenant;
            its.stream()
                    .mapToInt(this.plugins::slotOf)
                    .filter(plugin -> plugin != IdTable.ABSENT)
                    .forEach(plugin -> onAt[plugin].set(slot));
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
        var its = plugins.slotOf(plugin);
        return slot != IdTable.ABSENT && its != IdTable.ABSENT && onAt[its].get(slot);
    }

    Optional<Tenant> tenant(TenantId id) {
        var slot = tenants.slotOf(id);
        return slot == IdTable.ABSENT ? Optional.empty() : Optional.ofNullable(tenantAt[slot]);
    }

    List<Tenant> tenants() {
        return Arrays.stream(tenantAt).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    }

    List<Tenant> tenantsWith(PluginId plugin) {
        return tenants().stream().filter(tenant -> isOn(tenant.id(), plugin)).toList();
    }

    int countWith(PluginId plugin) {
        var slot = plugins.slotOf(plugin);
        return slot == IdTable.ABSENT ? 0 : onAt[slot].cardinality();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
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

    static final Snapshot NOTHING = new Snapshot(-1, Map.of(), List.of(), Set.of(), Set.of());

    private final long revision;
    private final IdTable<TenantId> tenants;
    // By the slot of the tenant.
    private final @Nullable Standing[] standingAt;
    private final Set<Killed> killed;
    private final Set<TenantId> elsewhere;

    /**
     * @param revision which
     * @param on every clinic and the plugins that it has on; one that is not in {@code plugins} counts as off
     * @param plugins the plugins there are
     * @param killed what the operator has forbidden
     * @param elsewhere clinics that are not this node's
     */
    Snapshot(long revision, Map<Tenant, List<PluginId>> on, List<PluginId> plugins, Set<Killed> killed,
            Set<TenantId> elsewhere) {
        this.revision = revision;
        this.killed = Set.copyOf(killed);
        this.elsewhere = Set.copyOf(elsewhere);
        var slots = new IdTable<>(plugins);
        tenants = new IdTable<>(on.keySet().stream().map(Tenant::id).toList());
        standingAt = new @Nullable Standing[tenants.slots()];
        var shared = new HashMap<BitSet, BitSet>();
        on.forEach((tenant, its) -> {
            var set = new BitSet();
            its.stream().mapToInt(slots::slotOf).filter(slot -> slot != IdTable.ABSENT).forEach(set::set);
            standingAt[tenants.slotOf(tenant.id())] = new Standing(tenant, slots,
                    shared.computeIfAbsent(set, own -> own));
        });
    }

    long revision() {
        return revision;
    }

    Set<Killed> killed() {
        return killed;
    }

    Set<TenantId> elsewhere() {
        return elsewhere;
    }

    Optional<Standing> standing(TenantId tenant) {
        var slot = tenants.slotOf(tenant);
        return slot == IdTable.ABSENT ? Optional.empty() : Optional.ofNullable(standingAt[slot]);
    }

    List<Tenant> tenants() {
        return standings().map(Standing::tenant).toList();
    }

    List<Tenant> tenantsWith(PluginId plugin) {
        return standings().filter(one -> one.has(plugin)).map(Standing::tenant).toList();
    }

    private Stream<Standing> standings() {
        return Arrays.stream(standingAt).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    int countWith(PluginId plugin) {
        return tenantsWith(plugin).size();
    }
}

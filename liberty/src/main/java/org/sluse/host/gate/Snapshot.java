// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** What is in force at one revision. Immutable. */
final class Snapshot {

    static final Snapshot NOTHING = new Snapshot(-1, Map.of(), List.of(), Set.of());

    private final long revision;
    private final Map<TenantId, Standing> standings = new HashMap<>();
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
        var numbers = new HashMap<PluginId, Integer>();
        plugins.forEach(plugin -> numbers.put(plugin, numbers.size()));
        var shared = new HashMap<BitSet, BitSet>();
        on.forEach((tenant, its) -> {
            var set = new BitSet();
            its.stream().map(numbers::get).filter(Objects::nonNull).forEach(set::set);
            standings.put(tenant.id(), new Standing(tenant, numbers, shared.computeIfAbsent(set, own -> own)));
        });
    }

    long revision() {
        return revision;
    }

    Set<Killed> killed() {
        return killed;
    }

    Optional<Standing> standing(TenantId tenant) {
        return Optional.ofNullable(standings.get(tenant));
    }

    List<Tenant> tenants() {
        return standings.values().stream().map(Standing::tenant).toList();
    }

    List<Tenant> tenantsWith(PluginId plugin) {
        return standings.values().stream().filter(one -> one.has(plugin)).map(Standing::tenant).toList();
    }

    int countWith(PluginId plugin) {
        return tenantsWith(plugin).size();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.tenant.Tenants;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/**
 * Every switch there is, as of one revision.
 *
 * @param wanted the plugins that each clinic wants on; a clinic that wants none may be missing
 * @param killed what the operator forbids
 * @param moving clinics that nobody serves, since they are on their way to another location
 * @param stages how far each plugin is rolled out; one that is missing, to everybody
 */
record Switches(long revision, List<Tenant> tenants, Map<TenantId, List<PluginId>> wanted, Set<Killed> killed,
        Set<TenantId> moving, Map<PluginId, Stage> stages) {

    /** What each clinic has on: what it wants, unless the operator holds it back. */
    Map<Tenant, List<PluginId>> on() {
        var on = new LinkedHashMap<Tenant, List<PluginId>>();
        tenants.forEach(tenant -> on.put(tenant,
                wanted.getOrDefault(tenant.id(), List.of())
                        .stream()
                        .filter(plugin -> allows(plugin, tenant.id()))
                        .toList()));
        return on;
    }

    private boolean allows(PluginId plugin, TenantId tenant) {
        return !killed.contains(new Killed(plugin, Optional.empty()))
                && (!stages.containsKey(plugin) || stages.get(plugin).admits(plugin, tenant));
    }

    /** Reads all of it as of one moment. The handle is not within a transaction. */
    static Switches read(Handle handle) {
        return handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ,
                own -> new Switches(ControlDatabase.revision(own), Tenants.all(own), wanted(own), Killed.all(own),
                        moving(own), stages(own)));
    }

    private static Map<TenantId, List<PluginId>> wanted(Handle handle) {
        var wanted = new HashMap<TenantId, List<PluginId>>();
        handle.createQuery(
                """
                        select tenant, plugin from (
                            select distinct on (tenant, plugin) tenant, plugin, state from toggle order by tenant, plugin, revision desc
                        ) newest where state = 'ON'""")
                .map((row, context) -> wanted.computeIfAbsent(new TenantId(row.getString(1)), any -> new ArrayList<>())
                        .add(new PluginId(row.getString(2))))
                .list();
        return wanted;
    }

    private static Set<TenantId> moving(Handle handle) {
        return handle.createQuery("select tenant from move where not switched")
                .map((row, context) -> new TenantId(row.getString(1)))
                .set();
    }

    private static Map<PluginId, Stage> stages(Handle handle) {
        return Rollout.newest(handle).stream().collect(Collectors.toMap(Rollout::plugin, Rollout::stage));
    }
}

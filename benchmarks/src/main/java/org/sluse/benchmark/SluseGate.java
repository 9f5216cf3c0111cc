// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.sluse.host.gate.Gate;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** The gate of the host, asked as the request filter asks it: the clinic's standing is found, and asked for the module. */
public class SluseGate extends Question {

    private final Gate gate = new Gate();
    private TenantId[] ids = {};

    @Override
    void fill(boolean[] on) {
        Map<Tenant, List<PluginId>> state = new HashMap<>();
        for (var tenant = 0; tenant < tenants; tenant++) {
            var first = tenant * PLUGINS.size();
            state.put(new Tenant(tenantId(tenant), "Clinic " + tenant, "local"),
                    IntStream.range(0, PLUGINS.size())
                            .filter(plugin -> on[first + plugin])
                            .mapToObj(PLUGINS::get)
                            .toList());
        }
        gate.enforce(1, state, PLUGINS, Set.of());
        ids = IntStream.range(0, tenants)
                .mapToObj(tenant -> gate.tenant(tenantId(tenant)).orElseThrow().id())
                .toArray(TenantId[]::new);
    }

    @Override
    boolean ask(int pair) {
        var standing = gate.standing(ids[pair / PLUGINS.size()]);
        return standing.isPresent() && standing.get().has(PLUGINS.get(pair % PLUGINS.size()));
    }
}

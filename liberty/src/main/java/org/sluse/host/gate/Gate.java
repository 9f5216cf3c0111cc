// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/**
 * The one decision: does this plugin exist for this tenant now? Asked by the request filter, the handshake, each socket message, each timer and
 * each disclosure. Thread-safe; two look-ups and a bit test, no lock, no I/O.
 */
public final class Gate {

    private volatile Snapshot snapshot = Snapshot.NOTHING;

    /** Whether the tenant has the plugin on. False for a tenant or a plugin that is not there. */
    public boolean isOn(TenantId tenant, PluginId plugin) {
        return snapshot.isOn(tenant, plugin);
    }

    /** The tenant, as of the snapshot in force. */
    public Optional<Tenant> tenant(TenantId id) {
        return snapshot.tenant(id);
    }

    /** Which revision is in force on this node; -1 before the first. */
    public long revision() {
        return snapshot.revision();
    }

    /** Everybody who has the plugin on. */
    public List<Tenant> tenantsWith(PluginId plugin) {
        return snapshot.tenantsWith(plugin);
    }

    /**
     * Puts a state in force.
     *
     * @param revision which it is
     * @param tenants every clinic and the plugins that it has on
     * @param plugins every plugin there is, at most 64
     */
    public void enforce(long revision, Map<Tenant, List<PluginId>> tenants, List<PluginId> plugins) {
        snapshot = new Snapshot(revision, tenants, plugins);
    }
}

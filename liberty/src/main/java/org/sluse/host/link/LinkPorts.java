// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.link;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;
import org.sluse.link.Links;
import org.sluse.plugin.PluginId;

/** Gives each plugin its own links. */
@OnePerNode
public final class LinkPorts {

    private final PluginRegistry plugins;
    private final DataPorts data;
    private final TenantDatabases databases;
    private final Binding binding;
    private final HostSettings settings;
    private final Clock clock;
    private final Ids ids;

    @Inject
    LinkPorts(PluginRegistry plugins, DataPorts data, TenantDatabases databases, Binding binding, HostSettings settings,
            Clock clock, Ids ids) {
        this.plugins = plugins;
        this.data = data;
        this.databases = databases;
        this.binding = binding;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    @Produces
    @Dependent
    Links links(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return of(() -> plugins.owner(asking));
    }

    /** Whom the browser speaks for that sends this link id and these cookies to the plugin, in the bound tenant. */
    public Optional<String> holder(PluginId plugin, String linkId, String cookies) {
        return of(() -> plugin).holder(linkId, cookies);
    }

    /** The objects of all links of the plugin that the browser holds that sends these cookies, in the bound tenant. */
    public Set<String> held(PluginId plugin, String cookies) {
        return of(() -> plugin).held(cookies);
    }

    private JdbiLinks of(Supplier<PluginId> owner) {
        return new JdbiLinks(owner, data.forOwner(owner), databases, binding, settings, clock, ids);
    }
}

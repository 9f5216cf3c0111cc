// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.secret;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.secret.Secrets;

/** Gives each plugin its own secrets. */
@OnePerNode
public final class SecretPorts {

    private final PluginRegistry plugins;
    private final TenantDatabases databases;
    private final Binding binding;

    @Inject
    SecretPorts(PluginRegistry plugins, TenantDatabases databases, Binding binding) {
        this.plugins = plugins;
        this.databases = databases;
        this.binding = binding;
    }

    @Produces
    @Dependent
    Secrets secrets(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return new SealedSecrets(() -> plugins.owner(asking), databases::sealing, binding);
    }
}

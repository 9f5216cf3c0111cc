// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.plugin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.disclosure.OutboundRecords;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;

/**
 * Every plugin, by id. Refuses two with one id and one whose outgoing records are not wholly declared. Does not change after start.
 *
 * <p>Not {@code @OnePerNode}: a plugin's bean may be given ports, which rest on this registry, and is made while the registry asks it for its id. The client
 * proxy opens that circle.
 */
@ApplicationScoped
public class PluginRegistry {

    private List<Installed> installed = List.of();

    /**
     * A plugin in the house.
     *
     * @param plugin the bean
     * @param root package of its class; classes in it and below are the plugin's
     */
    public record Installed(Plugin<?> plugin, String root) {

        /** Its id. */
        public PluginId id() {
            return plugin.id();
        }
    }

    @Inject
    void read(@Any Instance<Plugin<?>> beans) {
        var found = new ArrayList<Installed>();
        for (var handle : beans.handles()) {
            var plugin = handle.get();
            found.add(new Installed(plugin, handle.getBean().getBeanClass().getPackageName()));
        }
        found.sort(Comparator.comparing(one -> one.id().value()));
        for (var i = 1; i < found.size(); i++) {
            if (found.get(i).id().equals(found.get(i - 1).id())) {
                throw new IllegalStateException(
                        "Two plugins have the id '" + found.get(i).id() + "'; right would be one");
            }
        }
        found.forEach(one -> one.plugin().outbound().forEach(OutboundRecords::check));
        this.installed = List.copyOf(found);
    }

    /** All of them, by id. */
    public List<Installed> all() {
        return installed;
    }

    /** The plugin with this id. */
    public Optional<Installed> find(String id) {
        return installed.stream().filter(one -> one.id().value().equals(id)).findFirst();
    }

    /** Whose class asks, to be found out when it matters: the answer needs every plugin's bean, and the asking class may be a part of one. */
    public static Class<?> asking(InjectionPoint point) {
        return point.getMember().getDeclaringClass();
    }

    /** Whose class this is: the plugin's in whose root package it lies, or the host's. */
    public PluginId owner(Class<?> type) {
        var name = type.getPackageName() + ".";
        return installed.stream()
                .filter(one -> name.startsWith(one.root() + "."))
                .map(Installed::id)
                .findFirst()
                .orElse(TenantDatabases.CORE);
    }
}

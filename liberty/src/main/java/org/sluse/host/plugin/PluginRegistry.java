// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.plugin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import org.sluse.data.DataMap;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.disclosure.OutboundRecords;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.subject.SubjectData;

/**
 * Every plugin, by id. Refuses two with one id, one whose bean does not answer, one whose outgoing records are not wholly declared and one whose data map cannot be kept to. Does not change after start.
 *
 * <p>Not {@code @OnePerNode}: a plugin's bean may be given ports, which rest on this registry, and is made while the registry asks it for its id. The client
 * proxy opens that circle.
 */
@ApplicationScoped
public class PluginRegistry {

    private static final Logger LOG = Logger.getLogger(PluginRegistry.class.getName());

    private List<Installed> installed = List.of();

    /**
     * A plugin in the house.
     *
     * @param id what it said at the start; it is not asked again
     * @param plugin the bean
     * @param root package of its class; classes in it and below are the plugin's
     * @param dataMap what it said at the start that it stores; it is not asked again
     */
    public record Installed(PluginId id, Plugin<?> plugin, String root, DataMap dataMap) {

        /** Whether the class is the plugin's. */
        boolean owns(Class<?> type) {
            return (type.getPackageName() + ".").startsWith(root + ".");
        }
    }

    @Inject
    void read(@Any Instance<Plugin<?>> beans, @Any Instance<SubjectData> subjects) {
        var answering = StreamSupport.stream(subjects.handles().spliterator(), false)
                .map(handle -> handle.getBean().getBeanClass())
                .toList();
        var found = new ArrayList<Installed>();
        var types = new HashMap<PluginId, Class<?>>();
        var broken = 0;
        for (var handle : beans.handles()) {
            var type = handle.getBean().getBeanClass();
            try {
                var plugin = handle.get();
                var one = sound(new Installed(plugin.id(), plugin, type.getPackageName(), plugin.dataMap()));
                KeptRules.check(one, answering);
                var other = types.put(one.id(), type);
                if (other != null) {
                    throw new IllegalStateException("It has the id '" + one.id() + "', as " + other.getName()
                            + " has; right would be one plugin with it");
                }
                found.add(one);
            } catch (RuntimeException | LinkageError cause) {
                broken++;
                // The launcher finds the jar by the class and starts the server without it.
                LOG.log(Level.SEVERE, "plugin-cannot-start class=" + type.getName() + " cause=" + innermost(cause));
            }
        }
        if (broken > 0) {
            throw new IllegalStateException(broken + " plugin beans cannot start; the log names each");
        }
        found.sort(Comparator.comparing(one -> one.id().value()));
        this.installed = List.copyOf(found);
    }

    /** Asks what is asked of each plugin whatever a clinic sets, so that one that cannot answer is known before anybody is served. */
    private static Installed sound(Installed one) {
        var plugin = one.plugin();
        plugin.settingsType();
        plugin.activity();
        plugin.pages();
        plugin.doors();
        plugin.outbound().forEach(OutboundRecords::check);
        return one;
    }

    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
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
        return installed.stream()
                .filter(one -> one.owns(type))
                .map(Installed::id)
                .findFirst()
                .orElse(TenantDatabases.CORE);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditTrail;
import org.sluse.data.ChangeNumbers;
import org.sluse.data.DataMap;
import org.sluse.data.TenantDatabase;
import org.sluse.host.audit.RefusalLimit;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.host.written.Written;
import org.sluse.plugin.PluginId;

/** Gives each plugin its own database, audit trail and change numbers. */
@OnePerNode
public final class DataPorts {

    private final PluginRegistry plugins;
    private final TenantDatabases databases;
    private final Binding binding;
    private final Clock clock;
    private final RefusalLimit limit;
    private final Written written;

    @Inject
    DataPorts(PluginRegistry plugins, TenantDatabases databases, Binding binding, Clock clock, RefusalLimit limit,
            Written written) {
        this.plugins = plugins;
        this.databases = databases;
        this.binding = binding;
        this.clock = clock;
        this.limit = limit;
        this.written = written;
    }

    @Produces
    @Dependent
    TenantDatabase database(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return of(() -> plugins.owner(asking));
    }

    @Produces
    @Dependent
    AuditTrail audit(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return of(() -> plugins.owner(asking));
    }

    @Produces
    @Dependent
    ChangeNumbers changes(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return new JdbiChangeNumbers(() -> plugins.owner(asking), databases, binding);
    }

    /** The database of the bound tenant as this plugin sees it. */
    public TenantDatabase forPlugin(PluginId plugin) {
        return of(() -> plugin);
    }

    /** The same, for an owner that is not known before the first transaction. */
    public TenantDatabase forOwner(Supplier<PluginId> owner) {
        return of(owner);
    }

    /** A look-up of the host's own at the bound tenant that is about no patient: it leaves no audit entry. */
    public <T> T lookUp(Function<Handle, T> read) {
        return lookUp(TenantDatabases.CORE, read);
    }

    /** The same in the plugin's tables. */
    public <T> T lookUp(PluginId plugin, Function<Handle, T> read) {
        return databases.lookUp(binding.tenant().id(), plugin, read);
    }

    /** Whether the plugin was ever on at the bound tenant, and so has tables there; none are made by asking. */
    public boolean hasTables(PluginId plugin) {
        return lookUp(handle -> handle.createQuery("select to_regnamespace(:plugin) is not null")
                .bind("plugin", plugin.value())
                .mapTo(boolean.class)
                .one());
    }

    /** Every plugin that has tables at the bound tenant, by id, whether it is in the server or not. */
    public List<PluginId> withTables() {
        return lookUp(handle -> handle
                .createQuery(
                        "select distinct schemaname from (" + TenantDatabases.TABLES_OF_PLUGINS + ") own order by 1")
                .mapTo(String.class)
                .map(PluginId::new)
                .list());
    }

    /** Ids of everybody of whom the plugin keeps a row at the bound tenant; they name nobody. @param map what it says it stores */
    public List<String> persons(PluginId plugin, DataMap map) {
        return lookUp(plugin, new ErasedPersons(plugin, map)::all);
    }

    /**
     * Destroys the keys of persons of whom the plugin keeps nothing any more at the bound tenant: what a backup has of them can be read by nobody, and does not come back with it.
     *
     * @param erased ids of persons who were erased now, by which the plugin's data map finds them; empty after a deletion by time
     */
    public void forget(PluginId plugin, Collection<String> erased) {
        databases.forget(binding.tenant().id(), plugin, erased, clock.instant());
    }

    private PluginDatabase of(Supplier<PluginId> owner) {
        return new PluginDatabase(owner, databases, binding, binding::source, clock, limit, written);
    }
}

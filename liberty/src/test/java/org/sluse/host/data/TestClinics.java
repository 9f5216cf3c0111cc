// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.sluse.data.DataMap;
import org.sluse.data.KeptCategory;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.data.TenantDatabase;
import org.sluse.host.audit.RefusalLimits;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.location.Location;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.host.written.Written;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantContext;
import org.sluse.tenant.TenantId;

/** Clinics with databases of their own in the running cluster, and plugins {@code alpha} and {@code beta} with one table each. */
public final class TestClinics {

    /** A plugin. */
    public static final PluginId ALPHA = new PluginId("alpha");
    /** Another one. */
    public static final PluginId BETA = new PluginId("beta");

    /** A plugin with sealed columns. */
    public static final PluginId SEALED = new PluginId("sealed");
    /** What it stores. */
    public static final DataMap GUESTS = DataMap.of(
            KeptTable.of("guest", "kept.guests", new RetentionPeriod.Until("kept.until.asked"))
                    .plain(KeptCategory.PSEUDONYM, "id")
                    .indexed(KeptCategory.IDENTITY, "name")
                    .sealed(KeptCategory.ASSESSMENT, "wish")
                    .ofPerson("id"),
            KeptTable.of("visit", "kept.guests", new RetentionPeriod.With("guest"))
                    .plain(KeptCategory.PSEUDONYM, "guest_id")
                    .plain(KeptCategory.NONE, "day")
                    .sealed(KeptCategory.ASSESSMENT, "remark")
                    .ofPersonIn("guest", "guest_id"));

    /** What each of the others stores. */
    static final DataMap NOTES = DataMap
            .of(KeptTable.of("note", "kept.notes", new RetentionPeriod.Until("kept.until.asked"))
                    .plain(KeptCategory.NONE, "id", "text"));

    /** Of the running cluster. */
    public static final TenantDatabases DATABASES = node();

    private static final AtomicInteger CREATED = new AtomicInteger();

    /** What was written through the ports below. */
    public static final Written WRITTEN = new Written();

    private TestClinics() {}

    /** Those of another cluster, of an installation with the same root key. @param maps what each plugin stores */
    public static TenantDatabases in(Postgres cluster, Function<PluginId, DataMap> maps) {
        return new TenantDatabases(cluster, any -> cluster, RunningCluster.VAULT, (_, _) -> {
        }, maps);
    }

    /** Those of the running cluster, on a node that knows further clusters. @param clusters that of each location */
    public static TenantDatabases in(Function<Location, Postgres> clusters) {
        return new TenantDatabases(RunningCluster.POSTGRES, clusters, RunningCluster.VAULT, (_, _) -> {
        }, any -> NOTES);
    }

    /** A further node, which serves every clinic. */
    public static TenantDatabases node() {
        return in(RunningCluster.POSTGRES, any -> NOTES);
    }

    /** A new clinic with an empty database. */
    public static Tenant create() {
        var tenant = new Tenant(new TenantId("clinic-" + CREATED.incrementAndGet()), "Clinic", "Frankfurt");
        DATABASES.create(tenant.id());
        return tenant;
    }

    /** The plugin's view of whichever clinic is bound. */
    public static TenantDatabase of(PluginId plugin, TenantContext context, Clock clock) {
        return database(plugin, context, clock);
    }

    /** The host's own ports, in a house without plugins. */
    public static DataPorts ports(Binding binding, Clock clock) {
        return new DataPorts(new PluginRegistry(), DATABASES, binding, clock, RefusalLimits.of(clock), WRITTEN);
    }

    /** The host's own ports on this node. */
    public static DataPorts ports(TenantDatabases node, Binding binding, Clock clock) {
        return new DataPorts(new PluginRegistry(), node, binding, clock, RefusalLimits.of(clock), WRITTEN);
    }

    /** The host's own ports, in a house with these plugins. */
    public static DataPorts ports(Binding binding, Clock clock, Map<PluginId, DataMap> plugins) {
        return new DataPorts(new PluginRegistry(),
                new TenantDatabases(RunningCluster.POSTGRES, any -> RunningCluster.POSTGRES, RunningCluster.VAULT,
                        (_, _) -> {
                        }, (PluginId plugin) -> plugins.getOrDefault(plugin, DataMap.NOTHING)),
                binding, clock,
                RefusalLimits.of(clock), WRITTEN);
    }

    static PluginDatabase database(PluginId plugin, TenantContext context, Clock clock) {
        return database(DATABASES, plugin, context, clock);
    }

    static PluginDatabase database(TenantDatabases node, PluginId plugin, TenantContext context, Clock clock) {
        return new PluginDatabase(() -> plugin, node, context, new Binding()::source, clock, RefusalLimits.of(clock),
                WRITTEN);
    }
}

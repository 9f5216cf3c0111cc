// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditEntry;
import org.sluse.audit.AuditTrail;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantContext;

/** One plugin's view of whichever clinic is bound. */
final class PluginDatabase implements TenantDatabase, AuditTrail {

    private static final Logger LOG = Logger.getLogger(PluginDatabase.class.getName());

    /** Asked late: a plugin's bean may be made before it is known whose it is. */
    private final Supplier<PluginId> owner;
    private final TenantDatabases databases;
    private final TenantContext context;
    private final Clock clock;

    PluginDatabase(Supplier<PluginId> owner, TenantDatabases databases, TenantContext context, Clock clock) {
        this.owner = owner;
        this.databases = databases;
        this.context = context;
        this.clock = clock;
    }

    @Override
    public <T> T inTransaction(AuditEntry entry, Function<Transaction, T> work) {
        var tenant = context.tenant().id();
        var plugin = owner.get();
        List<Runnable> afterwards = new ArrayList<>();
        T result;
        try {
            result = databases.open(tenant, plugin).inTransaction(handle -> {
                handle.execute(TenantDatabases.enter(tenant, plugin));
                insert(handle, entry);
                return work.apply(new OpenTransaction(handle, afterwards));
            });
        } catch (ConnectionException unreachable) {
            throw TenantDatabases.unavailable(unreachable);
        }
        afterwards.forEach(action -> run(action, plugin));
        return result;
    }

    /** The work is committed, so that an action that fails is neither the caller's failure nor the next action's. */
    private static void run(Runnable action, PluginId plugin) {
        try {
            action.run();
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "after-commit-failed plugin={0} cause={1}",
                    new Object[]{plugin, failed.getClass().getName()});
        }
    }

    @Override
    public void record(AuditEntry entry) {
        inTransaction(entry, transaction -> true);
    }

    private void insert(Handle handle, AuditEntry entry) {
        var actor = context.actor();
        handle.createUpdate(
                """
                        insert into core.audit (at, actor_kind, actor_id, plugin, action, object_type, object_id, patient, outcome)
                        values (:at, :kind, :actor, :plugin, :action, :type, :object, :patient, :outcome)""")
                .bind("at", clock.instant())
                .bind("kind", actor.kind().name())
                .bind("actor", actor.id())
                .bind("plugin", owner.get().value())
                .bind("action", entry.action().name())
                .bind("type", entry.objectType())
                .bind("object", entry.objectId())
                .bind("patient", entry.patient().orElse(null))
                .bind("outcome", entry.outcome().name())
                .execute();
    }

    private final class OpenTransaction implements Transaction {

        private final Handle handle;
        private final List<Runnable> afterwards;

        OpenTransaction(Handle handle, List<Runnable> afterwards) {
            this.handle = handle;
            this.afterwards = afterwards;
        }

        @Override
        public Handle handle() {
            return handle;
        }

        @Override
        public void record(AuditEntry entry) {
            insert(handle, entry);
        }

        @Override
        public void afterCommit(Runnable action) {
            afterwards.add(action);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditEntry;
import org.sluse.audit.AuditTrail;
import org.sluse.data.PersonSeal;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.host.audit.RefusalLimit;
import org.sluse.plugin.PluginId;
import org.sluse.host.tenant.Source;
import org.sluse.host.seal.Seals;
import org.sluse.host.written.LogId;
import org.sluse.host.written.Written;
import org.sluse.tenant.TenantContext;

/** One plugin's view of whichever clinic is bound. */
final class PluginDatabase implements TenantDatabase, AuditTrail {

    private static final Logger LOG = Logger.getLogger(PluginDatabase.class.getName());

    private static final String ENTRY = """
            insert into core.audit (at, actor_kind, actor_id, plugin, action, object_type, object_id, patient, outcome, reason, objects, network, agent)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** Asked late: a plugin's bean may be made before it is known whose it is. */
    private final Supplier<PluginId> owner;
    private final TenantDatabases databases;
    private final TenantContext context;
    private final Supplier<Source> source;
    private final Clock clock;
    private final RefusalLimit limit;
    private final Written written;

    /** @param source where the call comes from that the calling thread works for */
    PluginDatabase(Supplier<PluginId> owner, TenantDatabases databases, TenantContext context, Supplier<Source> source,
            Clock clock, RefusalLimit limit, Written written) {
        this.owner = owner;
        this.databases = databases;
        this.context = context;
        this.source = source;
        this.clock = clock;
        this.limit = limit;
        this.written = written;
    }

    @Override
    public <T> T inTransaction(AuditEntry entry, Function<Transaction, T> work) {
        var tenant = context.tenant().id();
        var plugin = owner.get();
        List<Runnable> afterwards = new ArrayList<>();
        List<Timed> further = new ArrayList<>();
        Map<RefusalLimit.Kind, Integer> refused = new HashMap<>();
        var begun = clock.instant();
        T result;
        try {
            var connections = databases.open(tenant, plugin);
            // Before: what reads for itself within a transaction wants a connection more.
            var ring = databases.ring(tenant, plugin);
            result = connections.inTransaction(handle -> {
                var main = new Timed(begun, entry);
                var enter = TenantDatabases.enter(tenant, plugin);
                var isKnown = isKnownBefore(entry);
                if (isKnown) {
                    // One way to the cluster and back for both.
                    insert(handle, enter + "; " + ENTRY, main, touched(entry, null));
                } else {
                    handle.execute(enter);
                }
                var given = work.apply(new OpenTransaction(handle, further, afterwards,
                        databases.seals(handle, tenant, plugin, ring)));
                finish(handle, isKnown ? Optional.empty() : Optional.of(main), given, further, refused);
                return given;
            });
        } catch (ConnectionException unreachable) {
            refused.forEach(limit::unwritten);
            throw TenantDatabases.unavailable(unreachable);
        } catch (RuntimeException failed) {
            refused.forEach(limit::unwritten);
            throw failed;
        }
        written.committed(LogId.of(tenant), begun);
        afterwards.forEach(action -> run(action, plugin));
        return result;
    }

    /**
     * Writes last what rests on the work, when it is known how many objects were touched; still within the transaction, so that without it nothing is done and nothing is answered.
     *
     * @param main the entry of the work itself, unless it is written already
     */
    private void finish(Handle handle, Optional<Timed> main, @Nullable Object given, List<Timed> further,
            Map<RefusalLimit.Kind, Integer> refused) {
        main.ifPresent(one -> write(handle, one, given, refused));
        further.forEach(one -> write(handle, one, Optional.empty(), refused));
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

    /** An entry, and when it was made. */
    private record Timed(Instant at, AuditEntry entry) {}

    /** Whether the entry of what is done rests on nothing that the work gives. */
    private static boolean isKnownBefore(AuditEntry entry) {
        return entry.outcome() == AuditEntry.Outcome.DONE
                && (entry.objects().isPresent() || !entry.objectId().equals("*"));
    }

    /** How many objects an act touched, as far as that can be told: what was refused touched none, a list as many as it has, and one that is not counted is not known. */
    private static Optional<Integer> touched(AuditEntry entry, @Nullable Object given) {
        if (entry.objects().isPresent()) {
            return entry.objects();
        }
        if (entry.outcome() == AuditEntry.Outcome.REFUSED) {
            return Optional.of(0);
        }
        if (!entry.objectId().equals("*")) {
            return Optional.of(1);
        }
        return switch (given) {
            case Collection<?> all -> Optional.of(all.size());
            case Map<?, ?> all -> Optional.of(all.size());
            case null, default -> Optional.empty();
        };
    }

    /**
     * Refusals of somebody unknown are limited; in such a row the number is how many alike before it are in none.
     *
     * @param refused gets what it carries, in case the transaction fails
     */
    private void write(Handle handle, Timed one, @Nullable Object given, Map<RefusalLimit.Kind, Integer> refused) {
        var entry = one.entry();
        if (entry.outcome() == AuditEntry.Outcome.DONE || context.actor().kind() != Actor.Kind.ANONYMOUS
                || entry.patient().isPresent()) {
            insert(handle, ENTRY, one, touched(entry, given));
            return;
        }
        var kind = new RefusalLimit.Kind(context.tenant().id().value(), entry.action() + " " + entry.objectType(),
                entry.reason().orElse(""), source.get());
        limit.admit(kind).ifPresent(carried -> {
            refused.put(kind, carried);
            insert(handle, ENTRY, one, Optional.of(carried));
        });
    }

    /** @param statement {@link #ENTRY}, perhaps behind others */
    private void insert(Handle handle, String statement, Timed one, Optional<Integer> objects) {
        var actor = context.actor();
        var from = source.get();
        var entry = one.entry();
        // Without Jdbi's way of binding, which took as long as the act itself.
        try (var row = handle.getConnection().prepareStatement(statement)) {
            row.setObject(1, one.at().atOffset(ZoneOffset.UTC));
            row.setString(2, actor.kind().name());
            row.setString(3, actor.id());
            row.setString(4, owner.get().value());
            row.setString(5, entry.action().name());
            row.setString(6, entry.objectType());
            row.setString(7, entry.objectId());
            row.setString(8, entry.patient().orElse(null));
            row.setString(9, entry.outcome().name());
            row.setString(10, entry.reason().orElse(null));
            row.setObject(11, objects.orElse(null), Types.INTEGER);
            row.setString(12, from.network());
            row.setString(13, from.agent().name());
            row.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException("The audit entry could not be written", failed);
        }
    }

    private final class OpenTransaction implements Transaction {

        private final Handle handle;
        private final List<Timed> further;
        private final List<Runnable> afterwards;
        private final Seals seals;

        OpenTransaction(Handle handle, List<Timed> further, List<Runnable> afterwards, Seals seals) {
            this.handle = handle;
            this.seals = seals;
            this.further = further;
            this.afterwards = afterwards;
        }

        @Override
        public Handle handle() {
            return handle;
        }

        @Override
        public Function<String, PersonSeal> sealsOf(Collection<String> persons) {
            return seals.of(persons);
        }

        @Override
        public byte[] indexOf(String table, String column, String plain) {
            return seals.indexOf(table, column, plain);
        }

        @Override
        public void record(AuditEntry entry) {
            further.add(new Timed(clock.instant(), entry));
        }

        @Override
        public void afterCommit(Runnable action) {
            afterwards.add(action);
        }
    }
}

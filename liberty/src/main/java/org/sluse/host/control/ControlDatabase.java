// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.control;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sluse.host.audit.RefusalLimit;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.HostTables;
import org.sluse.host.data.StoredColumns;
import org.sluse.host.key.Vault;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;
import org.sluse.host.written.LogId;
import org.sluse.host.written.Written;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/**
 * Transactions in the control database, by a login that may append to the operator's log and not change it. Every change is a row of that log too. Where it cannot be reached, {@code problem/unavailable} is thrown.
 * Thread-safe; blocks.
 */
@OnePerNode
public final class ControlDatabase {

    private static final Logger LOG = Logger.getLogger(ControlDatabase.class.getName());
    private static final String NAME = "sluse_control";
    private static final int CONNECTIONS = 6;
    /** Owns nothing: what it serves with may not change what was done. */
    private static final String LOGIN = "sluse_control";
    private static final String CHANNEL = "sluse_revision";
    /** Longer than any statement here takes; a cluster that is out of reach holds nobody for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A fraction of the gate's lease, so that a lost connection is found and replaced within it. */
    private static final Duration PATIENCE_TO_WATCH = Duration.ofSeconds(3);
    /** A machine that lost power closes no connection; by itself the cluster would believe in it for two hours. */
    private static final String FREE_WITHIN_HALF_A_MINUTE = "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = 30000";

    private final Postgres postgres;
    private final boolean notifies;
    private final Clock clock;
    private final Binding binding;
    private final RefusalLimit limit;
    private final Written written;
    private final DataSource source;
    private final Jdbi jdbi;

    @Inject
    ControlDatabase(Postgres postgres, HostSettings settings, Clock clock, Binding binding, Vault vault,
            RefusalLimit limit, Written written) {
        this.postgres = postgres;
        this.notifies = settings.notifies();
        this.clock = clock;
        this.binding = binding;
        this.limit = limit;
        this.written = written;
        var login = new Postgres.Login(LOGIN, vault.derive("postgres login of the control database"));
        postgres.createLogin(login);
        postgres.createDatabase(NAME);
        migrate(postgres.connections(NAME, postgres.administrator()));
        this.source = postgres.pool(NAME, login, CONNECTIONS, PATIENCE);
        this.jdbi = Jdbi.create(source);
        compare();
    }

    private static void migrate(DataSource owner) {
        Flyway.configure(ControlDatabase.class.getClassLoader())
                .dataSource(owner)
                .locations("classpath:db/control")
                .callbackLocations("classpath:db/control")
                .load()
                .migrate();
        Jdbi.create(owner).useTransaction(handle -> {
            // Two nodes that grant at the same moment would refuse each other.
            handle.execute("select pg_advisory_xact_lock(hashtext('sluse-schema'))");
            handle.execute("grant connect on database " + NAME + " to " + LOGIN);
            handle.execute("grant select, insert, update, delete on all tables in schema public to " + LOGIN);
            handle.execute("grant usage on all sequences in schema public to " + LOGIN);
            handle.execute(
                    "revoke update, delete on operator_log, operator_leaf, operator_checkpoint, log_key, off_boarding_certificate from "
                            + LOGIN);
            handle.execute("revoke insert, update, delete on flyway_schema_history from " + LOGIN);
        });
    }

    /** What is stored and not declared stops the start: nobody would know what it is, nor delete it. */
    private void compare() {
        var contradictions = HostTables.CONTROL
                .contradictions(jdbi.withHandle(handle -> StoredColumns.of(handle, "public")));
        if (!contradictions.isEmpty()) {
            var why = "The control database is not as its data map says. " + String.join(". ", contradictions);
            // The launcher shows this line to whoever started the server.
            LOG.severe("tables-not-as-declared reason=" + why);
            throw new IllegalStateException(why);
        }
    }

    /** The pool, for db-scheduler. */
    public DataSource source() {
        return source;
    }

    /** Reads; nothing of it is health data, so there is no audit entry. */
    public <T> T read(Function<Handle, T> work) {
        return reached(() -> jdbi.withHandle(work::apply));
    }

    /** Reads one moment of all tables, however long it takes. Nothing of it is health data, so there is no audit entry. */
    public <T> T snapshot(Function<Handle, T> work) {
        return reached(() -> jdbi.inTransaction(handle -> {
            handle.execute("set transaction isolation level repeatable read, read only");
            handle.execute("set local idle_in_transaction_session_timeout = 0");
            return work.apply(handle);
        }));
    }

    /** Changes what is of no interest to anybody who reads the operator's log: the machinery's own notes. */
    public <T> T write(Function<Handle, T> work) {
        return reached(() -> jdbi.inTransaction(work::apply));
    }

    /** Changes something, and says so in the operator's log in the same transaction. */
    public void inTransaction(String action, String objectType, String objectId, Consumer<Handle> work) {
        inTransaction(Act.of(action, objectType, objectId), work);
    }

    /** Changes something, and says so in the operator's log in the same transaction; whoever has to be told of it will be. */
    public void inTransaction(Act act, Consumer<Handle> work) {
        logged(handle -> {
            work.accept(handle);
            tell(handle, act, log(handle, act, Optional.empty(), 0));
        });
    }

    /** Says in the operator's log that something was done that needs no change here. */
    public void record(Act act) {
        inTransaction(act, handle -> {
        });
    }

    /**
     * Says in the operator's log that something was refused to somebody who has not shown to be the operator, as often as {@link RefusalLimit} has it.
     *
     * @param reason a word of lower-case letters with dashes
     */
    public void refused(Act act, String reason) {
        var kind = new RefusalLimit.Kind(RefusalLimit.Kind.OPERATOR, act.action() + " " + act.objectType(), reason,
                binding.source());
        limit.admit(kind).ifPresent(carried -> {
            try {
                logged(handle -> log(handle, act, Optional.of(reason), carried));
            } catch (RuntimeException failed) {
                limit.unwritten(kind, carried);
                throw failed;
            }
        });
    }

    /**
     * Says in the operator's log that something which the system or a known operator set out to do was not done. A row each: nobody unknown can cause it.
     *
     * @param reason a word of lower-case letters with dashes
     */
    public void notDone(Act act, String reason) {
        logged(handle -> log(handle, act, Optional.of(reason), 0));
    }

    private void logged(Consumer<Handle> work) {
        var begun = clock.instant();
        reached(() -> jdbi.inTransaction(handle -> {
            work.accept(handle);
            return true;
        }));
        written.committed(LogId.OPERATOR, begun);
    }

    /** @param unwritten how many alike before it are in no row */
    private long log(Handle handle, Act act, Optional<String> reason, int unwritten) {
        var source = binding.source();
        return handle.createQuery(
                """
                        insert into operator_log (at, actor_kind, actor_id, action, object_type, object_id, tenant, outcome, reason, unwritten, network, agent, operator, by_itself)
                        values (:at, :kind, :actor, :action, :type, :object, :tenant, :outcome, :reason, :unwritten, :network, :agent, :operator, :itself) returning id""")
                .bind("at", clock.instant())
                .bind("kind", binding.responsible().kind().name())
                .bind("actor", binding.responsible().id())
                .bind("action", act.action())
                .bind("type", act.objectType())
                .bind("object", act.objectId())
                .bind("tenant", act.tenant()
                        .or(() -> binding.isBound() ? Optional.of(binding.tenant().id()) : Optional.empty())
                        .map(TenantId::value))
                .bind("outcome", reason.isPresent() ? "REFUSED" : "DONE")
                .bind("reason", reason)
                .bind("unwritten", unwritten)
                .bind("network", source.network())
                .bind("agent", source.agent().name())
                .bind("operator", binding.operator().map(OperatorName::value))
                .bind("itself", !binding.isCalled())
                .mapTo(long.class)
                .one();
    }

    private static void tell(Handle handle, Act act, long log) {
        if (act.told()) {
            handle.createUpdate("insert into operator_notice (log, tenant) values (:log, :tenant)")
                    .bind("log", log)
                    .bind("tenant", act.tenant().map(TenantId::value))
                    .execute();
        } else if (act.objectType().equals(Act.PLUGIN)) {
            handle.createUpdate("""
                    insert into operator_notice (log, tenant)
                    select :log, tenant from (
                        select distinct on (tenant) tenant, state from toggle where plugin = split_part(:object, '/', 1)
                        order by tenant, revision desc
                    ) newest where state <> 'OFF'""").bind("log", log).bind("object", act.objectId()).execute();
        }
    }

    private static <T> T reached(Supplier<T> work) {
        try {
            return work.get();
        } catch (ConnectionException unreachable) {
            var problem = new ProblemException(Problem.UNAVAILABLE,
                    "The server's own database does not answer; try again in a minute");
            problem.initCause(unreachable);
            throw problem;
        }
    }

    /**
     * Takes the next revision. The row lock makes writers queue, so that revisions become visible in their order.
     *
     * @return the new revision, which is in force as soon as the transaction commits
     */
    public static long nextRevision(Handle handle) {
        return handle.createQuery(
                "with next as (update revision set value = value + 1 returning value) select value, pg_notify(:channel, '') from next")
                .bind("channel", CHANNEL)
                .mapTo(long.class)
                .one();
    }

    /** The newest revision. */
    public static long revision(Handle handle) {
        return handle.createQuery("select value from revision").mapTo(long.class).one();
    }

    /** A name that is held. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Holds the name for this caller alone, on all nodes, until it is closed, this node dies, or has been out of reach for half a minute: what the holder changes then has to ask what is so by now. Empty when somebody else holds
     * it. Has a connection of its own.
     */
    public Optional<Hold> hold(String name) {
        return hold(name, "select pg_try_advisory_lock(hashtext(:name))");
    }

    /** The same beside others who share the name: empty when somebody holds it alone, and nobody can hold it alone meanwhile. */
    public Optional<Hold> share(String name) {
        return hold(name, "select pg_try_advisory_lock_shared(hashtext(:name))");
    }

    private Optional<Hold> hold(String name, String attempt) {
        var handle = postgres.open(NAME);
        var isHeld = false;
        try {
            handle.execute(FREE_WITHIN_HALF_A_MINUTE);
            isHeld = handle.createQuery(attempt)
                    .bind("name", name)
                    .mapTo(boolean.class)
                    .one();
            return isHeld ? Optional.of(handle::close) : Optional.empty();
        } finally {
            if (!isHeld) {
                handle.close();
            }
        }
    }

    /** A connection of its own, which hears of each new revision as a notification, if the operator has them, and waits 3 s for an answer at most; to be closed by the caller. */
    public Handle watch() {
        var handle = postgres.open(NAME, PATIENCE_TO_WATCH);
        if (notifies) {
            handle.execute("listen " + CHANNEL);
        }
        return handle;
    }
}

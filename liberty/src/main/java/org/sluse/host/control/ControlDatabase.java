// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.control;

import jakarta.inject.Inject;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.tenant.Binding;

/** Transactions in the control database. Every change is a row of the operator's log too. Thread-safe; blocks. */
@OnePerNode
public final class ControlDatabase {

    private static final String NAME = "sluse_control";

    private final Clock clock;
    private final Binding binding;
    private final DataSource source;
    private final Jdbi jdbi;

    @Inject
    ControlDatabase(Postgres postgres, Clock clock, Binding binding) {
        this.clock = clock;
        this.binding = binding;
        postgres.createDatabase(NAME);
        this.source = postgres.pool(NAME, postgres.administrator(), 6);
        this.jdbi = Jdbi.create(source);
        Flyway.configure(ControlDatabase.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/control")
                .load()
                .migrate();
    }

    /** The pool, for db-scheduler. */
    public DataSource source() {
        return source;
    }

    /** Reads; nothing of it is health data, so there is no audit entry. */
    public <T> T read(Function<Handle, T> work) {
        return jdbi.withHandle(work::apply);
    }

    /** Changes something, and says so in the operator's log in the same transaction. */
    public void inTransaction(String action, String objectType, String objectId, Consumer<Handle> work) {
        jdbi.useTransaction(handle -> {
            work.accept(handle);
            handle.createUpdate("""
                    insert into operator_log (at, actor_kind, actor_id, action, object_type, object_id)
                    values (:at, :kind, :actor, :action, :type, :object)""")
                    .bind("at", clock.instant())
                    .bind("kind", binding.isBound() ? binding.actor().kind().name() : "OPERATOR")
                    .bind("actor", binding.isBound() ? binding.actor().id() : "operator")
                    .bind("action", action)
                    .bind("type", objectType)
                    .bind("object", objectId)
                    .execute();
        });
    }

    /**
     * Takes the next revision. The row lock makes writers queue, so that revisions become visible in their order.
     *
     * @return the new revision, which is in force as soon as the transaction commits
     */
    public static long nextRevision(Handle handle) {
        return handle.createQuery("update revision set value = value + 1 returning value").mapTo(long.class).one();
    }
}

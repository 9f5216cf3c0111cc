// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sluse.audit.AuditEntry;
import org.sluse.data.PersonSeal;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.settings.Settings;

/**
 * A fresh database on a real PostgreSQL with the migrations of one plugin ({@code db/<plugin>}) in the plugin's schema. The server is started
 * once for each test process and ends with it. Audit entries, and what is
 * in sealed columns, are kept in memory, entries in order of commit.
 */
public final class TestDatabase implements TenantDatabase {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The name of the database with the tables, by plugin; nobody is connected to it any more. */
    private static final Map<String, String> MIGRATED = new ConcurrentHashMap<>();

    private final Jdbi jdbi;
    private final List<AuditEntry> audit = new CopyOnWriteArrayList<>();
    private final SealsByHand seals = new SealsByHand();
    private final ScopedValue<Boolean> busy = ScopedValue.newInstance();

    private TestDatabase(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A new database with the tables of {@code plugin}: a copy of one that was migrated once in this process. */
    public static TestDatabase with(String plugin) {
        var migrated = MIGRATED.computeIfAbsent(plugin, TestDatabase::migrated);
        try {
            return new TestDatabase(
                    Jdbi.create(KeptConnections.of(connecting(plugin, created("template " + migrated)))));
        } catch (SQLException cannotClose) {
            throw new IllegalStateException("The database of the test before cannot be left", cannotClose);
        }
    }

    private static String migrated(String plugin) {
        var name = created("");
        if (migrations(plugin, connecting(plugin, name)).load().migrate().migrationsExecuted == 0) {
            throw new IllegalStateException(
                    "No migration was found in db/" + plugin + "; right would be at least V001");
        }
        return name;
    }

    /** A new database without tables, whose connections are in the schema of {@code plugin}. */
    static DataSource fresh(String plugin) {
        return connecting(plugin, created(""));
    }

    private static String created(String how) {
        var name = "test_" + DATABASES.incrementAndGet();
        Jdbi.create(Server.RUNNING.getPostgresDatabase())
                .useHandle(handle -> handle.execute("create database " + name + " " + how));
        return name;
    }

    private static DataSource connecting(String plugin, String database) {
        return Server.RUNNING.getDatabase("postgres", database, Map.of("currentSchema", plugin));
    }

    /** The migrations of {@code plugin}, all of them unless a target is set. */
    static FluentConfiguration migrations(String plugin, DataSource database) {
        return Flyway.configure().dataSource(database).schemas(plugin).locations("classpath:db/" + plugin);
    }

    /** What has been recorded by transactions that committed. */
    public List<AuditEntry> audit() {
        return List.copyOf(audit);
    }

    /** Settings that are held to the rule of a server: there reading them takes a connection, so within a transaction of this database they are not to be had. */
    public <S extends Record> Settings<S> settings(S values) {
        return () -> {
            if (busy.isBound()) {
                throw new AssertionError(
                        "Settings are read within a transaction; right would be to read them before it begins");
            }
            return values;
        };
    }

    @Override
    public <T> T inTransaction(AuditEntry entry, Function<Transaction, T> work) {
        var entries = new ArrayList<AuditEntry>(List.of(entry));
        var afterwards = new ArrayList<Runnable>();
        T result = ScopedValue.where(busy, true)
                .<T, RuntimeException>call(() -> jdbi.inTransaction(handle -> work.apply(new Transaction() {
                    @Override
                    public Handle handle() {
                        return handle;
                    }

                    @Override
                    public Function<String, PersonSeal> sealsOf(Collection<String> persons) {
                        return person -> {
                            if (!persons.contains(person)) {
                                throw new IllegalArgumentException(
                                        "The seal of somebody else was asked for; right would be one of " + persons);
                            }
                            return seals.of(person);
                        };
                    }

                    @Override
                    public byte[] indexOf(String table, String column, String plain) {
                        return SealsByHand.index(table, column, plain);
                    }

                    @Override
                    public void record(AuditEntry further) {
                        entries.add(further);
                    }

                    @Override
                    public void afterCommit(Runnable action) {
                        afterwards.add(action);
                    }
                })));
        audit.addAll(entries);
        afterwards.forEach(Runnable::run);
        return result;
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder().setCleanDataDirectory(true).start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        server.close();
                    } catch (IOException cannotHelp) {
                        throw new UncheckedIOException(cannotHelp);
                    }
                }));
                return server;
            } catch (IOException cannotStart) {
                throw new UncheckedIOException(cannotStart);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sluse.data.DataMap;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.key.Sealing;
import org.sluse.host.key.Vault;
import org.sluse.host.location.Location;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.postgres.Clusters;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.seal.KeyRing;
import org.sluse.host.seal.Seals;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/**
 * Opens the databases of clinics. A clinic's login owns the schemas of plugins and migrates them; each transaction then takes the role of one
 * plugin, which may read and write its own schema, append to the audit trail, and nothing else. The host's own schema, and the audit trail in it, belongs to a login that connects
 * for migrations only: nobody who serves could give themselves the right to change an entry. Thread-safe.
 */
@OnePerNode
public final class TenantDatabases {

    private static final Logger LOG = Logger.getLogger(TenantDatabases.class.getName());

    /** The host's own schema, which is nobody's plugin. */
    public static final PluginId CORE = new PluginId("core");

    /** Tables of plugins in a clinic's database, whether the plugin is in the server or not: {@code schemaname}, which is the plugin's id, and {@code tablename}. */
    public static final String TABLES_OF_PLUGINS = """
            select schemaname, tablename from pg_tables
            where schemaname ~ '^[a-z][a-z0-9]{1,19}$' and schemaname not in ('core', 'public')
            and tablename <> 'schema_history'""";

    /** Flyway's word. */
    private static final String NEWEST = "latest";

    private final Postgres postgres;
    private final Function<Location, Postgres> clusters;
    private final Vault vault;
    private final ServedCheck check;
    private final Set<TenantId> served = ConcurrentHashMap.newKeySet();
    private final Function<PluginId, DataMap> maps;
    private final Map<Schema, Jdbi> migrated = new ConcurrentHashMap<>();
    private final Map<Schema, String> failures = new ConcurrentHashMap<>();
    private final ClinicKeys keys;

    private record Schema(TenantId tenant, PluginId plugin) {}

    @Inject
    TenantDatabases(Clusters clusters, Vault vault, ServedCheck check, PluginRegistry plugins) {
        this(clusters.own(), clusters::of, vault, check,
                plugin -> plugins.find(plugin.value()).map(PluginRegistry.Installed::dataMap).orElse(DataMap.NOTHING));
    }

    /** @param maps what a plugin says it stores */
    TenantDatabases(Postgres postgres, Function<Location, Postgres> clusters, Vault vault, ServedCheck check,
            Function<PluginId, DataMap> maps) {
        this.postgres = postgres;
        this.clusters = clusters;
        this.vault = vault;
        this.check = check;
        this.maps = maps;
        this.keys = new ClinicKeys(vault, this::besides);
    }

    /** The databases at a location: those of this node, or of another one, where databases are made and brought to, and nobody is served. */
    public TenantDatabases at(Location location) {
        var there = clusters.apply(location);
        return there == postgres ? this : new TenantDatabases(there, clusters, vault, check, maps);
    }

    /** Makes the clinic's login and database. Names are never taken again. */
    public void create(TenantId tenant) {
        var name = databaseName(tenant);
        postgres.createLogin(login(tenant));
        postgres.createDatabase(name);
        try (var handle = postgres.open(name)) {
            // As long as it is the administrator's, to whom nobody has to give the right.
            handle.execute("revoke all on schema public from public");
            handle.execute("alter database \"" + name + "\" owner to \"" + name + "\"");
        }
    }

    /**
     * Sessions of this clinic as the plugin's role, with the plugin's tables up to date. What keeps them from it hurts this plugin at this clinic
     * only, and is tried again the next time.
     *
     * @throws ProblemException {@code problem/unavailable} when a migration fails, the tables are not as the data map says, or {@link ServedCheck} refuses the clinic
     */
    public Jdbi open(TenantId tenant, PluginId plugin) {
        if (!served.contains(tenant)) {
            asCore(tenant, handle -> {
                check.require(tenant, handle);
                return served.add(tenant);
            });
        }
        return tables(tenant, plugin);
    }

    /** The clinic is looked at anew before it is served again. */
    public void lookAgain(TenantId tenant) {
        served.remove(tenant);
    }

    /** A transaction of the host's own, without an audit entry, and though {@link ServedCheck} may refuse the clinic: for the proof of its log, which is not the clinic's data. */
    public <T> T asCore(TenantId tenant, Function<Handle, T> work) {
        try (var own = tables(tenant, CORE).open()) {
            return own.inTransaction(handle -> {
                handle.execute(enter(tenant, CORE));
                return work.apply(handle);
            });
        } catch (ConnectionException unreachable) {
            throw unavailable(unreachable);
        }
    }

    /** As {@link #asCore}, on a connection of its own. */
    private <T> T besides(TenantId tenant, Function<Handle, T> work) {
        tables(tenant, CORE);
        try {
            return Jdbi.create(postgres.connections(databaseName(tenant), login(tenant))).inTransaction(handle -> {
                handle.execute(enter(tenant, CORE));
                return work.apply(handle);
            });
        } catch (ConnectionException unreachable) {
            throw unavailable(unreachable);
        }
    }

    private Jdbi tables(TenantId tenant, PluginId plugin) {
        if (!plugin.equals(CORE)) {
            // Before and not within: a ConcurrentHashMap may not be changed by what it computes, which asks for this one again.
            tables(tenant, CORE);
        }
        var schema = new Schema(tenant, plugin);
        var known = migrated.get(schema);
        return known == null ? migrated.computeIfAbsent(schema, this::migrate) : known;
    }

    /**
     * Reads as the plugin, without an audit entry and without a right to write: for what is about no patient, such as who is signed in.
     *
     * @throws ProblemException {@code problem/unavailable} when the database cannot be reached
     */
    public <T> T lookUp(TenantId tenant, PluginId plugin, Function<Handle, T> read) {
        // A connection of its own: Jdbi would lend that of a transaction which this thread has open, and it could write no more.
        try (var own = open(tenant, plugin).open()) {
            return own.inTransaction(handle -> {
                handle.execute(enter(tenant, plugin) + "; set transaction read only");
                return read.apply(handle);
            });
        } catch (ConnectionException unreachable) {
            throw unavailable(unreachable);
        }
    }

    static ProblemException unavailable(ConnectionException unreachable) {
        var problem = new ProblemException(Problem.UNAVAILABLE,
                "The clinic's database does not answer; try again in a minute");
        problem.initCause(unreachable);
        return problem;
    }

    /** Why the plugin's tables could not be brought up to date at the clinic, when that was tried last on this node; empty when they could. */
    public Optional<String> failure(TenantId tenant, PluginId plugin) {
        return Optional.ofNullable(failures.get(new Schema(tenant, plugin)));
    }

    /** One moment of the clinic's whole database; reads only. For backups. */
    public <T> T snapshot(TenantId tenant, Function<Handle, T> read) {
        return asAdministrator(tenant, handle -> {
            handle.execute("set transaction isolation level repeatable read, read only");
            return read.apply(handle);
        });
    }

    /**
     * One transaction as the administrator, whoever owns what, without an audit entry. For backups and for what is brought up from them, nothing else. The connection is none of
     * those that serve.
     */
    public <T> T asAdministrator(TenantId tenant, Function<Handle, T> work) {
        try (var handle = postgres.open(databaseName(tenant))) {
            return handle.inTransaction(work::apply);
        } catch (ConnectionException unreachable) {
            throw unavailable(unreachable);
        }
    }

    /** One transaction as the clinic's login, to which tables then belong. For a database that is being brought up from a backup. */
    public void asOwner(TenantId tenant, Consumer<Handle> work) {
        Jdbi.create(source(tenant)).useTransaction(work::accept);
    }

    /** Whether the server has migrations for this schema: those of the host, and of each plugin that is in it. */
    public boolean hasMigrations(PluginId plugin) {
        return TenantDatabases.class.getClassLoader().getResource("db/" + plugin.value() + "/flyway.location") != null;
    }

    /**
     * Makes the schema of a database that is being brought up from a backup, with the tables that its migrations make up to this version; the next {@link #open} brings
     * them up to date. {@code core} comes first.
     *
     * @throws ProblemException {@code problem/unavailable} when a migration fails
     */
    public void prepare(TenantId tenant, PluginId plugin, String version) {
        migrate(new Schema(tenant, plugin), version);
    }

    /** Brings the host's own tables up to date in a database that is being brought up from a backup, so that what is newer than the backup has its place. */
    public void prepareCore(TenantId tenant) {
        migrate(new Schema(tenant, CORE), NEWEST);
    }

    /** Makes the schema without tables, as {@link #prepare}, for a plugin that is not in the server. */
    public void prepare(TenantId tenant, PluginId plugin) {
        enclose(new Schema(tenant, plugin));
    }

    /** Whether there is a database of this clinic's name on the cluster. */
    public boolean exists(TenantId tenant) {
        try (var handle = postgres.open("postgres")) {
            return handle.createQuery("select 1 from pg_database where datname = :name")
                    .bind("name", databaseName(tenant))
                    .mapTo(int.class)
                    .findOne()
                    .isPresent();
        }
    }

    /** Keeps nothing of the clinic in this node's memory, its keys least of all: its database is dropped, or is another location's. Who asks for it again finds out anew. */
    public void forget(TenantId tenant) {
        postgres.forget(databaseName(tenant), login(tenant));
        migrated.keySet().removeIf(schema -> schema.tenant().equals(tenant));
        failures.keySet().removeIf(schema -> schema.tenant().equals(tenant));
        served.remove(tenant);
        keys.forget(tenant);
    }

    /** Drops the clinic's database and its roles: of one that could not be brought up, or was brought up as a trial. */
    public void drop(TenantId tenant) {
        drop(tenant, () -> postgres.open("postgres"));
    }

    /** As {@link #drop(TenantId)}, and fails when the cluster says nothing for the patience. */
    public void drop(TenantId tenant, Duration patience) {
        drop(tenant, () -> postgres.open("postgres", patience));
    }

    private void drop(TenantId tenant, Supplier<Handle> administrator) {
        var name = databaseName(tenant);
        forget(tenant);
        try (var handle = administrator.get()) {
            handle.execute("drop database if exists \"" + name + "\" with (force)");
            handle.createQuery(
                    "select rolname from pg_roles where rolname = :name or starts_with(rolname, :name || '.')")
                    .bind("name", name)
                    .mapTo(String.class)
                    .list()
                    .forEach(role -> handle.execute("drop role \"" + role + "\""));
        }
    }

    /**
     * Lets nobody but the administrator to the clinic's database, on whichever node; who is there is sent away, and what they have not committed is undone.
     *
     * @throws ProblemException {@code problem/unavailable} when somebody is there still; nobody may log in all the same, until {@link #unbar}
     */
    public void bar(TenantId tenant) {
        setLogins(tenant, "nologin");
        var name = databaseName(tenant);
        try (var handle = postgres.open("postgres")) {
            // The second one meets who was logging in during the first.
            sendAway(handle, name);
            sendAway(handle, name);
            if (!connected(handle, name).isEmpty()) {
                throw new ProblemException(Problem.UNAVAILABLE,
                        "Somebody is still connected to the database of clinic '"
                                + tenant + "'; right would be to end what works there, and try again");
            }
        }
        postgres.forget(name, login(tenant));
    }

    /** Waits ten seconds for each to end: nothing of it is committed any more then. */
    private static void sendAway(Handle handle, String database) {
        connected(handle, database).forEach(
                process -> handle.createQuery("select pg_terminate_backend(:process, 10000)")
                        .bind("process", process)
                        .mapTo(boolean.class)
                        .one());
    }

    /** Processes that serve somebody; those of the cluster's own, which tidy up, are none. */
    private static List<Integer> connected(Handle handle, String database) {
        return handle.createQuery(
                "select pid from pg_stat_activity where datname = :name and backend_type = 'client backend' and pid <> pg_backend_pid()")
                .bind("name", database)
                .mapTo(Integer.class)
                .list();
    }

    /** Takes {@link #bar} back. */
    public void unbar(TenantId tenant) {
        setLogins(tenant, "login");
    }

    private void setLogins(TenantId tenant, String right) {
        try (var handle = postgres.open("postgres")) {
            handle.createQuery("select rolname from pg_roles where rolname in (<names>)")
                    .bindList("names", login(tenant).user(), keeper(tenant).user())
                    .mapTo(String.class)
                    .list()
                    .forEach(role -> handle.execute("alter role \"" + role + "\" " + right));
        }
    }

    /** How much room the clinic's database takes, in bytes. */
    public long size(TenantId tenant) {
        return asAdministrator(tenant, handle -> handle.createQuery("select pg_database_size(current_database())")
                .mapTo(long.class)
                .one());
    }

    private DataSource source(TenantId tenant) {
        return postgres.clinic(databaseName(tenant), login(tenant));
    }

    private Jdbi migrate(Schema schema) {
        var jdbi = migrate(schema, NEWEST);
        compare(schema,
                Jdbi.create(owner(schema)).withHandle(handle -> StoredColumns.of(handle, schema.plugin().value())));
        if (!schema.plugin().equals(CORE)) {
            sealPlain(schema);
        }
        failures.remove(schema);
        return jdbi;
    }

    /** Connections of the login that owns the schema: in the host's own not the one that serves, which may not change what it has written. */
    private DataSource owner(Schema schema) {
        return schema.plugin().equals(CORE)
                ? postgres.connections(databaseName(schema.tenant()), keeper(schema.tenant()))
                : source(schema.tenant());
    }

    /** Makes the schema and its role. */
    private Jdbi enclose(Schema schema) {
        var tenant = schema.tenant();
        var jdbi = Jdbi.create(source(tenant));
        var name = schema.plugin().value();
        var role = roleName(tenant, schema.plugin());
        createRole(role, databaseName(tenant));
        if (schema.plugin().equals(CORE)) {
            giveCoreToItsKeeper(tenant, jdbi);
        }
        Jdbi.create(owner(schema)).useTransaction(handle -> {
            handle.execute(ONE_NODE_AT_A_TIME);
            handle.execute("create schema if not exists \"" + name + "\"");
            handle.execute("grant usage on schema \"" + name + "\" to \"" + role + "\"");
            handle.execute("alter default privileges in schema \"" + name
                    + "\" grant select, insert, update, delete on tables to \"" + role + "\"");
            handle.execute(
                    "alter default privileges in schema \"" + name + "\" grant usage on sequences to \"" + role + "\"");
        });
        return jdbi;
    }

    private Jdbi migrate(Schema schema, String version) {
        var jdbi = enclose(schema);
        var owner = owner(schema);
        var name = schema.plugin().value();
        var role = roleName(schema.tenant(), schema.plugin());
        bringUpToDate(schema, Flyway.configure(TenantDatabases.class.getClassLoader())
                .dataSource(owner)
                .target(version)
                .schemas(name)
                .defaultSchema(name)
                .table("schema_history")
                .locations("classpath:db/" + name)
                .callbackLocations("classpath:db/" + name)
                .load());
        Jdbi.create(owner).useTransaction(handle -> {
            handle.execute(ONE_NODE_AT_A_TIME);
            var found = handle
                    .createQuery("select count(*) from \"" + name + "\".schema_history where version is not null")
                    .mapTo(int.class)
                    .one();
            if (found == 0) {
                throw new IllegalStateException("No migration was found in db/" + name
                        + "; right would be an empty file 'flyway.location' beside them");
            }
            if (schema.plugin().equals(CORE)) {
                // Those that are there: of a database that is being brought up the tables may be older.
                handle.createQuery(
                        "select tablename from pg_tables where schemaname = 'core' and tablename in ('audit', 'leaf', 'checkpoint')")
                        .mapTo(String.class)
                        .list()
                        .forEach(table -> handle
                                .execute("revoke update, delete on core." + table + " from \"" + role + "\""));
            } else {
                handle.execute(LINK_TABLE.formatted(name));
                handle.execute("grant select, insert, update on \"" + name + "\".one_time_link to \"" + role + "\"");
                handle.execute(CHANGE_TABLE.formatted(name));
                handle.execute("grant select, insert, update on \"" + name + "\".change_number to \"" + role + "\"");
                handle.execute(KEY_TABLE.formatted(name));
                handle.execute("revoke all on \"" + name + "\".person_key from \"" + role + "\"");
                // The right to change one is what a lock against its being destroyed needs.
                handle.execute(
                        "grant select, insert, update (person) on \"" + name + "\".person_key to \"" + role + "\"");
            }
            handle.execute("revoke all on \"" + name + "\".schema_history from \"" + role + "\"");
        });
        if (!schema.plugin().equals(CORE)) {
            Jdbi.create(owner(new Schema(schema.tenant(), CORE))).useTransaction(handle -> {
                handle.execute(ONE_NODE_AT_A_TIME);
                handle.execute("grant usage on schema core to \"" + role + "\"");
                handle.execute("grant insert on core.audit to \"" + role + "\"");
                if (handle.createQuery("select to_regclass('core.clinic_key') is not null")
                        .mapTo(boolean.class)
                        .one()) {
                    handle.execute("grant select (version) on core.clinic_key to \"" + role + "\"");
                }
            });
        }
        return jdbi;
    }

    /** What was written before its column was sealed. */
    private void sealPlain(Schema schema) {
        var tenant = schema.tenant();
        var map = maps.apply(schema.plugin());
        var ring = ring(tenant, schema.plugin());
        var sealed = Jdbi.create(source(tenant)).inTransaction(handle -> {
            handle.execute(enter(tenant, schema.plugin()));
            var plain = new PlainCells(handle, map);
            if (!plain.isThere()) {
                return List.<String>of();
            }
            handle.execute(ONE_NODE_AT_A_TIME);
            plain.seal(new Seals(handle, tenant, schema.plugin(), map, ring));
            return plain.tableNames();
        });
        // What was plain is in dead rows and in statistics until the tables are written anew.
        sealed.forEach(table -> Jdbi.create(source(tenant))
                .useHandle(handle -> handle.execute(
                        "vacuum (full, analyze) \"" + schema.plugin().value() + "\".\"" + table + "\"")));
    }

    /**
     * Destroys the keys of persons of whom the plugin keeps nothing any more, and keeps who that was, so that no backup brings them back.
     *
     * @param erased ids of who was erased now; those of whom something is left are not among what is kept
     * @return how many persons it was
     */
    int forget(TenantId tenant, PluginId plugin, Collection<String> erased, Instant now) {
        var persons = new ErasedPersons(plugin, maps.apply(plugin));
        tables(tenant, plugin);
        return Jdbi.create(source(tenant)).inTransaction(handle -> {
            handle.execute("set local search_path to \"" + plugin.value() + "\"");
            var gone = persons.settle(handle, erased);
            if (!gone.isEmpty()) {
                handle.execute(enter(tenant, CORE));
                persons.keep(handle, gone, now);
            }
            return gone.size();
        });
    }

    /** What was erased again. @param rows how many @param withoutKey of how many persons something sealed is left that nobody could open */
    public record ErasedAgain(int rows, long withoutKey) {}

    /** Erases whoever {@code core.erased} says was erased, in a database that is being brought up from a backup. @param handle the administrator's there @param backup when it was made: who was erased before that and is in it has come back */
    public ErasedAgain eraseAgain(Handle handle, PluginId plugin, Instant backup) {
        if (plugin.equals(CORE)) {
            return new ErasedAgain(0, 0);
        }
        handle.execute("set local search_path to \"" + plugin.value() + "\"");
        var persons = new ErasedPersons(plugin, maps.apply(plugin));
        return new ErasedAgain(persons.again(handle, persons.since(handle, backup)), persons.withoutKey(handle));
    }

    /**
     * Erases these persons again with their keys, in a database that was brought back to a moment before they were erased.
     *
     * @param handle the administrator's there
     * @return how many rows it was; none where the server does not know the plugin, or it had no tables at that moment
     */
    public int eraseAgain(Handle handle, PluginId plugin, Collection<String> erased) {
        if (StoredColumns.of(handle, plugin.value()).isEmpty()) {
            return 0;
        }
        handle.execute("set local search_path to \"" + plugin.value() + "\"");
        var persons = new ErasedPersons(plugin, maps.apply(plugin));
        var rows = persons.again(handle, erased);
        persons.settle(handle, List.of());
        return rows;
    }

    /**
     * Gives the clinic a new key: the keys of persons are wrapped by it, a few hundred at a time while the clinic works, and the old one opens nothing any more. One that was cut off goes on where it was.
     *
     * @return how many keys of persons were wrapped anew
     */
    public long rotate(TenantId tenant) {
        var key = keys.beginRotation(tenant);
        var plugins = withKeys(tenant);
        var rotation = new Rotation(Jdbi.create(source(tenant)), tenant, key);
        var wrapped = plugins.stream().mapToLong(rotation::wrapAnew).sum();
        keys.endRotation(tenant, key);
        return wrapped;
    }

    private List<PluginId> withKeys(TenantId tenant) {
        return asCore(tenant,
                handle -> handle
                        .createQuery("select schemaname from pg_tables where tablename = 'person_key' order by 1")
                        .mapTo(String.class)
                        .map(PluginId::new)
                        .list());
    }

    /** Seals what the clinic keeps secret itself, under its own key. What the root key sealed before clinics had keys opens still. */
    public Sealing sealing(TenantId tenant) {
        var ring = keys.ring(tenant);
        return new Sealing() {
            @Override
            public byte[] encrypt(byte[] plain, String binding) {
                return ring.key().encrypt(plain, binding);
            }

            @Override
            public Optional<byte[]> decrypt(byte[] cipher, String binding) {
                return ring.key()
                        .decrypt(cipher, binding)
                        .or(() -> vault.decrypt(cipher, binding))
                        .or(() -> ring.keyAnew().decrypt(cipher, binding));
            }
        };
    }

    /** The clinic's keys, read by now where the plugin seals something. */
    KeyRing ring(TenantId tenant, PluginId plugin) {
        var ring = keys.ring(tenant);
        if (maps.apply(plugin).isSealed()) {
            ring.key();
        }
        return ring;
    }

    /** Seals of persons in a transaction of the plugin's. @param handle whose search path begins with the plugin's schema */
    Seals seals(Handle handle, TenantId tenant, PluginId plugin, KeyRing ring) {
        return new Seals(handle, tenant, plugin, maps.apply(plugin), ring);
    }

    /** Everything that the schema stores: what the plugin says, and what the host keeps beside it. */
    public DataMap dataMap(PluginId plugin) {
        return plugin.equals(CORE) ? HostTables.CORE : maps.apply(plugin).and(HostTables.BESIDE_A_PLUGIN);
    }

    private void compare(Schema schema, Map<String, Set<String>> stored) {
        var contradictions = dataMap(schema.plugin()).contradictions(stored);
        if (!contradictions.isEmpty()) {
            var why = String.join(". ", contradictions);
            throw refused(schema, "tables-not-as-declared", why, "The tables of module '" + schema.plugin()
                    + "' are not as its data map says. " + why);
        }
    }

    /** At a clinic of an earlier version the schema is still the login's. */
    private void giveCoreToItsKeeper(TenantId tenant, Jdbi sessions) {
        var keeper = keeper(tenant);
        postgres.createLogin(keeper);
        sessions.useTransaction(handle -> {
            handle.execute(ONE_NODE_AT_A_TIME);
            if (!handle.createQuery("select has_database_privilege(:keeper, current_database(), 'CREATE')")
                    .bind("keeper", keeper.user())
                    .mapTo(boolean.class)
                    .one()) {
                handle.execute("grant connect, create, temporary on database \"" + databaseName(tenant) + "\" to \""
                        + keeper.user() + "\"");
            }
        });
        var isTheLogins = sessions.withHandle(handle -> handle
                .createQuery("select 1 from pg_namespace where nspname = 'core' and nspowner = current_user::regrole")
                .mapTo(int.class)
                .findOne()
                .isPresent());
        if (isTheLogins) {
            try (var administrator = postgres.open(databaseName(tenant))) {
                administrator.useTransaction(handle -> {
                    handle.execute(ONE_NODE_AT_A_TIME);
                    handle.execute("alter schema core owner to \"" + keeper.user() + "\"");
                    handle.createQuery("select tablename from pg_tables where schemaname = 'core'")
                            .mapTo(String.class)
                            .list()
                            .forEach(table -> handle.execute(
                                    "alter table core.\"" + table + "\" owner to \"" + keeper.user() + "\""));
                });
            }
        }
    }

    private void bringUpToDate(Schema schema, Flyway tables) {
        try {
            tables.migrate();
        } catch (FlywayException failed) {
            var pending = tables.info().pending();
            // Not the database's own words: they may quote the row that stands in the way.
            var why = "%s cannot be applied (SQLSTATE %s); right would be a jar whose migrations apply to the tables as they are"
                    .formatted(pending.length == 0 ? "What was applied before" : pending[0].getScript(),
                            sqlState(failed));
            var problem = refused(schema, "tables-not-migrated", why, "The tables of module '" + schema.plugin()
                    + "' cannot be brought up to date at this clinic; the operator's log says why");
            problem.initCause(failed);
            throw problem;
        }
    }

    private ProblemException refused(Schema schema, String event, String why, String detail) {
        failures.put(schema, why);
        LOG.log(Level.SEVERE, event + " tenant=" + schema.tenant().value() + " plugin=" + schema.plugin() + " cause="
                + why);
        return new ProblemException(Problem.UNAVAILABLE, detail);
    }

    private static String sqlState(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "unknown";
            case SQLException database -> String.valueOf(database.getSQLState());
            default -> sqlState(failure.getCause());
        };
    }

    /** As the administrator, since a login that may create roles could on PostgreSQL 15 alter those of other clinics. */
    private void createRole(String role, String login) {
        try (var handle = postgres.open("postgres")) {
            handle.useTransaction(own -> {
                // One node creates at a time; the others wait and find it done.
                own.execute("select pg_advisory_xact_lock(hashtext('sluse-roles'))");
                if (own.createQuery("select 1 from pg_roles where rolname = :role")
                        .bind("role", role)
                        .mapTo(int.class)
                        .findOne()
                        .isEmpty()) {
                    own.execute("create role \"" + role + "\" nologin");
                    own.execute("grant \"" + role + "\" to \"" + login + "\"");
                }
            });
        }
    }

    /** Two that come at the same moment would refuse each other the schema and its grants. */
    private static final String ONE_NODE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('sluse-schema'))";

    private static final String LINK_TABLE = """
            create table if not exists "%s".one_time_link (
                id         text primary key,
                object_id  text not null,
                code_hash  bytea not null,
                held_by    bytea,
                expires_at timestamptz not null,
                withdrawn  boolean not null default false
            )""";

    private static final String KEY_TABLE = """
            create table if not exists "%s".person_key (
                person  text primary key,
                wrapped bytea not null
            )""";

    private static final String CHANGE_TABLE = """
            create table if not exists "%s".change_number (
                name   text primary key,
                number bigint not null
            )""";

    /**
     * The statements that turn a fresh transaction into one of this plugin's. The search path outlives the transaction, and the next one sets it first of all: one that changed with each transaction would have the driver
     * prepare every statement anew (PostgreSQL 18 reports it to clients, 54.2.7).
     */
    public static String enter(TenantId tenant, PluginId plugin) {
        return "set local role \"" + roleName(tenant, plugin) + "\"; set search_path to \"" + plugin.value()
                + "\"";
    }

    private Postgres.Login login(TenantId tenant) {
        return new Postgres.Login(databaseName(tenant), vault.derive("postgres login of " + tenant.value()));
    }

    /** Owns the host's own schema. No plugin's role has such a name. */
    private Postgres.Login keeper(TenantId tenant) {
        return new Postgres.Login(databaseName(tenant) + ".core-keeper",
                vault.derive("postgres keeper of the log of " + tenant.value()));
    }

    private static String databaseName(TenantId tenant) {
        return "t_" + tenant.value().replace('-', '_');
    }

    private static String roleName(TenantId tenant, PluginId plugin) {
        return databaseName(tenant) + "." + plugin.value();
    }
}

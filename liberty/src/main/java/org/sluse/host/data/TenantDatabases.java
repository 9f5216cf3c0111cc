// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
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

    /** The host's own schema, which is nobody's plugin. */
    public static final PluginId CORE = new PluginId("core");

    /** Tables of plugins in a clinic's database, whether the plugin is in the server or not: {@code schemaname}, which is the plugin's id, and {@code tablename}. */
    public static final String TABLES_OF_PLUGINS = """
            select schemaname, tablename from pg_tables
            where schemaname ~ '^[a-z][a-z0-9]{1,19}$' and schemaname not in ('core', 'public')
            and tablename <> 'schema_history'""";

    private final Postgres postgres;
    private final Function<Location, Postgres> clusters;
    private final Vault vault;
    private final ServedCheck check;
    private final Set<TenantId> served = ConcurrentHashMap.newKeySet();
    private final Function<PluginId, DataMap> maps;
    private final ClinicLogins logins;
    private final WholeDatabases whole;
    private final Schemas schemas;
    private final ClinicKeys keys;

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
        this.logins = new ClinicLogins(vault);
        this.whole = new WholeDatabases(postgres, logins);
        this.schemas = new Schemas(postgres, logins, maps, this::ring);
        this.keys = new ClinicKeys(vault, this::besides);
    }

    /** The databases at a location: those of this node, or of another one, where databases are made and brought to, and nobody is served. */
    public TenantDatabases at(Location location) {
        var there = clusters.apply(location);
        return there == postgres ? this : new TenantDatabases(there, clusters, vault, check, maps);
    }

    /** Makes the clinic's login and database. Names are never taken again. */
    public void create(TenantId tenant) {
        whole.create(tenant);
    }

    /** Whether there is a database of this clinic's name on the cluster. */
    public boolean exists(TenantId tenant) {
        return whole.exists(tenant);
    }

    /** How much room the clinic's database takes, in bytes. */
    public long size(TenantId tenant) {
        return asAdministrator(tenant, handle -> handle.createQuery("select pg_database_size(current_database())")
                .mapTo(long.class)
                .one());
    }

    /**
     * Lets nobody but the administrator to the clinic's database, on whichever node; who is there is sent away, and what they have not committed is undone.
     *
     * @throws ProblemException {@code problem/unavailable} when somebody is there still; nobody may log in all the same, until {@link #unbar}
     */
    public void bar(TenantId tenant) {
        whole.bar(tenant);
    }

    /** Takes {@link #bar} back. */
    public void unbar(TenantId tenant) {
        whole.unbar(tenant);
    }

    /** Drops the clinic's database and its roles: of one that could not be brought up, or was brought up as a trial. */
    public void drop(TenantId tenant) {
        forget(tenant);
        whole.drop(tenant);
    }

    /** As {@link #drop(TenantId)}, and fails when the cluster says nothing for the patience. */
    public void drop(TenantId tenant, Duration patience) {
        forget(tenant);
        whole.drop(tenant, patience);
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
        return schemas.upToDate(tenant, plugin);
    }

    /** The clinic is looked at anew before it is served again. */
    public void lookAgain(TenantId tenant) {
        served.remove(tenant);
    }

    /** A transaction of the host's own, without an audit entry, and though {@link ServedCheck} may refuse the clinic: for the proof of its log, which is not the clinic's data. */
    public <T> T asCore(TenantId tenant, Function<Handle, T> work) {
        try (var own = schemas.upToDate(tenant, CORE).open()) {
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
        schemas.upToDate(tenant, CORE);
        try {
            return Jdbi.create(postgres.connections(ClinicLogins.database(tenant), logins.serving(tenant)))
                    .inTransaction(handle -> {
                        handle.execute(enter(tenant, CORE));
                        return work.apply(handle);
                    });
        } catch (ConnectionException unreachable) {
            throw unavailable(unreachable);
        }
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
        return schemas.failure(tenant, plugin);
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
        try (var handle = postgres.open(ClinicLogins.database(tenant))) {
            return handle.inTransaction(work::apply);
        } catch (ConnectionException unreachable) {
            throw unavailable(unreachable);
        }
    }

    /** One transaction as the clinic's login, to which tables then belong. For a database that is being brought up from a backup. */
    public void asOwner(TenantId tenant, Consumer<Handle> work) {
        Jdbi.create(schemas.source(tenant)).useTransaction(work::accept);
    }

    /** Whether the server has migrations for this schema: those of the host, and of each plugin that is in it. */
    public boolean hasMigrations(PluginId plugin) {
        return Schemas.hasMigrations(plugin);
    }

    /**
     * Makes the schema of a database that is being brought up from a backup, with the tables that its migrations make up to this version; the next {@link #open} brings
     * them up to date. {@code core} comes first.
     *
     * @throws ProblemException {@code problem/unavailable} when a migration fails
     */
    public void prepare(TenantId tenant, PluginId plugin, String version) {
        schemas.prepare(tenant, plugin, version);
    }

    /** Brings the host's own tables up to date in a database that is being brought up from a backup, so that what is newer than the backup has its place. */
    public void prepareCore(TenantId tenant) {
        schemas.prepareCore(tenant);
    }

    /** Makes the schema without tables, as {@link #prepare}, for a plugin that is not in the server. */
    public void prepare(TenantId tenant, PluginId plugin) {
        schemas.prepare(tenant, plugin);
    }

    /** Everything that the schema stores: what the plugin says, and what the host keeps beside it. */
    public DataMap dataMap(PluginId plugin) {
        return schemas.dataMap(plugin);
    }

    /** Keeps nothing of the clinic in this node's memory, its keys least of all: its database is dropped, or is another location's. Who asks for it again finds out anew. */
    public void forget(TenantId tenant) {
        whole.forget(tenant);
        schemas.forget(tenant);
        served.remove(tenant);
        keys.forget(tenant);
    }

    /**
     * Destroys the keys of persons of whom the plugin keeps nothing any more, and keeps who that was, so that no backup brings them back.
     *
     * @param erased ids of who was erased now; those of whom something is left are not among what is kept
     * @return how many persons it was
     */
    int forget(TenantId tenant, PluginId plugin, Collection<String> erased, Instant now) {
        var persons = new ErasedPersons(plugin, maps.apply(plugin));
        schemas.upToDate(tenant, plugin);
        return Jdbi.create(schemas.source(tenant)).inTransaction(handle -> {
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
        var rotation = new Rotation(Jdbi.create(schemas.source(tenant)), tenant, key);
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

    /**
     * The statements that turn a fresh transaction into one of this plugin's. The search path outlives the transaction, and the next one sets it first of all: one that changed with each transaction would have the driver
     * prepare every statement anew (PostgreSQL 18 reports it to clients, 54.2.7).
     */
    public static String enter(TenantId tenant, PluginId plugin) {
        return "set local role \"" + ClinicLogins.role(tenant, plugin) + "\"; set search_path to \"" + plugin.value()
                + "\"";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import static org.sluse.host.data.TenantDatabases.CORE;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sluse.data.DataMap;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.seal.KeyRing;
import org.sluse.host.seal.Seals;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/**
 * The schemas of plugins in the databases of clinics, the host's own among them: made with their roles and rights, brought up to date, compared with the data map, and sealed where a column has become sealed, once
 * for each clinic and plugin on this node. Thread-safe.
 */
final class Schemas {

    private static final Logger LOG = Logger.getLogger(Schemas.class.getName());

    /** Flyway's word. */
    private static final String NEWEST = "latest";

    private final Postgres postgres;
    private final ClinicLogins logins;
    private final Function<PluginId, DataMap> maps;
    private final BiFunction<TenantId, PluginId, KeyRing> rings;
    private final Map<Schema, Jdbi> migrated = new ConcurrentHashMap<>();
    private final Map<Schema, String> failures = new ConcurrentHashMap<>();

    private record Schema(TenantId tenant, PluginId plugin) {}

    /** @param maps what a plugin says it stores @param rings a clinic's keys, for a plugin */
    Schemas(Postgres postgres, ClinicLogins logins, Function<PluginId, DataMap> maps,
            BiFunction<TenantId, PluginId, KeyRing> rings) {
        this.postgres = postgres;
        this.logins = logins;
        this.maps = maps;
        this.rings = rings;
    }

    /** Sessions of the clinic, in which the plugin's tables are up to date. @throws ProblemException as {@link TenantDatabases#open} */
    Jdbi upToDate(TenantId tenant, PluginId plugin) {
        if (!plugin.equals(CORE)) {
            // Before and not within: a ConcurrentHashMap may not be changed by what it computes, which asks for this one again.
            upToDate(tenant, CORE);
        }
        var schema = new Schema(tenant, plugin);
        var known = migrated.get(schema);
        return known == null ? migrated.computeIfAbsent(schema, this::migrate) : known;
    }

    /** Connections of the login that serves the clinic. */
    DataSource source(TenantId tenant) {
        return postgres.clinic(ClinicLogins.database(tenant), logins.serving(tenant));
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
                ? postgres.connections(ClinicLogins.database(schema.tenant()), logins.keeper(schema.tenant()))
                : source(schema.tenant());
    }

    /** Makes the schema and its role. */
    private Jdbi enclose(Schema schema) {
        var tenant = schema.tenant();
        var jdbi = Jdbi.create(source(tenant));
        var name = schema.plugin().value();
        var role = ClinicLogins.role(tenant, schema.plugin());
        createRole(role, ClinicLogins.database(tenant));
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
        var role = ClinicLogins.role(schema.tenant(), schema.plugin());
        bringUpToDate(schema, Flyway.configure(Schemas.class.getClassLoader())
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
        var ring = rings.apply(tenant, schema.plugin());
        var sealed = Jdbi.create(source(tenant)).inTransaction(handle -> {
            handle.execute(TenantDatabases.enter(tenant, schema.plugin()));
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

    /** As {@link TenantDatabases#dataMap}. */
    DataMap dataMap(PluginId plugin) {
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
        var keeper = logins.keeper(tenant);
        postgres.createLogin(keeper);
        sessions.useTransaction(handle -> {
            handle.execute(ONE_NODE_AT_A_TIME);
            if (!handle.createQuery("select has_database_privilege(:keeper, current_database(), 'CREATE')")
                    .bind("keeper", keeper.user())
                    .mapTo(boolean.class)
                    .one()) {
                handle.execute(
                        "grant connect, create, temporary on database \"" + ClinicLogins.database(tenant) + "\" to \""
                                + keeper.user() + "\"");
            }
        });
        var isTheLogins = sessions.withHandle(handle -> handle
                .createQuery("select 1 from pg_namespace where nspname = 'core' and nspowner = current_user::regrole")
                .mapTo(int.class)
                .findOne()
                .isPresent());
        if (isTheLogins) {
            try (var administrator = postgres.open(ClinicLogins.database(tenant))) {
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

    /** As {@link TenantDatabases#hasMigrations}. */
    static boolean hasMigrations(PluginId plugin) {
        return Schemas.class.getClassLoader().getResource("db/" + plugin.value() + "/flyway.location") != null;
    }

    /** As {@link TenantDatabases#prepare(TenantId, PluginId, String)}. */
    void prepare(TenantId tenant, PluginId plugin, String version) {
        migrate(new Schema(tenant, plugin), version);
    }

    /** As {@link TenantDatabases#prepareCore}. */
    void prepareCore(TenantId tenant) {
        migrate(new Schema(tenant, CORE), NEWEST);
    }

    /** As {@link TenantDatabases#prepare(TenantId, PluginId)}. */
    void prepare(TenantId tenant, PluginId plugin) {
        enclose(new Schema(tenant, plugin));
    }

    /** As {@link TenantDatabases#failure}. */
    Optional<String> failure(TenantId tenant, PluginId plugin) {
        return Optional.ofNullable(failures.get(new Schema(tenant, plugin)));
    }

    /** What is known of the clinic is found out anew. */
    void forget(TenantId tenant) {
        migrated.keySet().removeIf(schema -> schema.tenant().equals(tenant));
        failures.keySet().removeIf(schema -> schema.tenant().equals(tenant));
    }
}

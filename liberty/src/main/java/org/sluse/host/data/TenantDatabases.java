// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.key.Vault;
import org.sluse.host.postgres.Postgres;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/**
 * Opens the databases of clinics. A clinic's login owns the schemas and migrates them; each transaction then takes the role of one
 * plugin, which may read and write its own schema, append to the audit trail, and nothing else. Thread-safe.
 */
@OnePerNode
public final class TenantDatabases {

    /** The host's own schema, which is nobody's plugin. */
    public static final PluginId CORE = new PluginId("core");

    private static final int CONNECTIONS_PER_CLINIC = 10;

    private final Postgres postgres;
    private final Vault vault;
    private final Map<TenantId, HikariDataSource> pools = new ConcurrentHashMap<>();
    private final Map<Schema, Jdbi> migrated = new ConcurrentHashMap<>();

    private record Schema(TenantId tenant, PluginId plugin) {}

    @Inject
    TenantDatabases(Postgres postgres, Vault vault) {
        this.postgres = postgres;
        this.vault = vault;
    }

    /** Makes the clinic's login and database. Names are never taken again. */
    public void create(TenantId tenant) {
        var name = databaseName(tenant);
        var login = login(tenant);
        try (var handle = postgres.open("postgres")) {
            if (handle.createQuery("select 1 from pg_roles where rolname = :name")
                    .bind("name", name)
                    .mapTo(int.class)
                    .findOne()
                    .isEmpty()) {
                handle.execute(
                        "create role \"" + name + "\" login noinherit password '" + login.password() + "'");
            }
        }
        postgres.createDatabase(name);
        try (var handle = postgres.open(name)) {
            handle.execute("alter database \"" + name + "\" owner to \"" + name + "\"");
            handle.execute("revoke all on schema public from public");
        }
    }

    /** Sessions of this clinic as the plugin's role, with the plugin's tables up to date. */
    public Jdbi open(TenantId tenant, PluginId plugin) {
        if (!plugin.equals(CORE)) {
            // Before and not within: a ConcurrentHashMap may not be changed by what it computes.
            open(tenant, CORE);
        }
        return migrated.computeIfAbsent(new Schema(tenant, plugin), this::migrate);
    }

    private Jdbi migrate(Schema schema) {
        DataSource source = pools.computeIfAbsent(schema.tenant(),
                tenant -> postgres.pool(databaseName(tenant), login(tenant), CONNECTIONS_PER_CLINIC));
        var jdbi = Jdbi.create(source);
        var name = schema.plugin().value();
        var role = roleName(schema.tenant(), schema.plugin());
        createRole(role, databaseName(schema.tenant()));
        jdbi.useTransaction(handle -> {
            handle.execute("create schema if not exists \"" + name + "\"");
            handle.execute("grant usage on schema \"" + name + "\" to \"" + role + "\"");
            handle.execute("alter default privileges in schema \"" + name
                    + "\" grant select, insert, update, delete on tables to \"" + role + "\"");
            handle.execute(
                    "alter default privileges in schema \"" + name + "\" grant usage on sequences to \"" + role + "\"");
        });
        Flyway.configure(TenantDatabases.class.getClassLoader())
                .dataSource(source)
                .schemas(name)
                .defaultSchema(name)
                .table("schema_history")
                .locations("classpath:db/" + name)
                .load()
                .migrate();
        jdbi.useTransaction(handle -> {
            var found = handle
                    .createQuery("select count(*) from \"" + name + "\".schema_history where version is not null")
                    .mapTo(int.class)
                    .one();
            if (found == 0) {
                throw new IllegalStateException("No migration was found in db/" + name
                        + "; right would be an empty file 'flyway.location' beside them");
            }
            if (schema.plugin().equals(CORE)) {
                handle.execute("revoke update, delete on core.audit from \"" + role + "\"");
            } else {
                handle.execute("grant usage on schema core to \"" + role + "\"");
                handle.execute("grant insert on core.audit to \"" + role + "\"");
                handle.execute(LINK_TABLE.formatted(name));
                handle.execute("grant select, insert, update on \"" + name + "\".one_time_link to \"" + role + "\"");
            }
            handle.execute("revoke all on \"" + name + "\".schema_history from \"" + role + "\"");
        });
        return jdbi;
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

    private static final String LINK_TABLE = """
            create table if not exists "%s".one_time_link (
                id         text primary key,
                object_id  text not null,
                code_hash  bytea not null,
                held_by    bytea,
                expires_at timestamptz not null,
                withdrawn  boolean not null default false
            )""";

    /** The statements that turn a fresh transaction into one of this plugin's. */
    static String enter(TenantId tenant, PluginId plugin) {
        return "set local role \"" + roleName(tenant, plugin) + "\"; set local search_path to \"" + plugin.value()
                + "\"";
    }

    private Postgres.Login login(TenantId tenant) {
        return new Postgres.Login(databaseName(tenant), vault.derive("postgres login of " + tenant.value()));
    }

    private static String databaseName(TenantId tenant) {
        return "t_" + tenant.value().replace('-', '_');
    }

    private static String roleName(TenantId tenant, PluginId plugin) {
        return databaseName(tenant) + "." + plugin.value();
    }
}

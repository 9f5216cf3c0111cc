// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import org.sluse.host.key.Vault;
import org.sluse.host.postgres.Postgres;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** What a clinic's database, its logins and the roles of plugins in it are called. Passwords are derived from the root key, so that they are kept nowhere. */
record ClinicLogins(Vault vault) {

    static String database(TenantId tenant) {
        return "t_" + tenant.value().replace('-', '_');
    }

    static String role(TenantId tenant, PluginId plugin) {
        return database(tenant) + "." + plugin.value();
    }

    /** Owns the schemas of plugins, and serves in their roles. */
    Postgres.Login serving(TenantId tenant) {
        return new Postgres.Login(database(tenant), vault.derive("postgres login of " + tenant.value()));
    }

    /** Owns the host's own schema. No plugin's role has such a name. */
    Postgres.Login keeper(TenantId tenant) {
        return new Postgres.Login(database(tenant) + ".core-keeper",
                vault.derive("postgres keeper of the log of " + tenant.value()));
    }
}

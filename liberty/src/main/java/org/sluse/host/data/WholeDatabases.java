// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.sluse.host.postgres.Postgres;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/** What the administrator of a cluster does with databases of clinics as a whole: makes, bars and drops them. Thread-safe. */
final class WholeDatabases {

    private final Postgres postgres;
    private final ClinicLogins logins;

    WholeDatabases(Postgres postgres, ClinicLogins logins) {
        this.postgres = postgres;
        this.logins = logins;
    }

    /** As {@link TenantDatabases#create}. */
    void create(TenantId tenant) {
        var name = ClinicLogins.database(tenant);
        postgres.createLogin(logins.serving(tenant));
        postgres.createDatabase(name);
        try (var handle = postgres.open(name)) {
            // As long as it is the administrator's, to whom nobody has to give the right.
            handle.execute("revoke all on schema public from public");
            handle.execute("alter database \"" + name + "\" owner to \"" + name + "\"");
        }
    }

    /** As {@link TenantDatabases#exists}. */
    boolean exists(TenantId tenant) {
        try (var handle = postgres.open("postgres")) {
            return handle.createQuery("select 1 from pg_database where datname = :name")
                    .bind("name", ClinicLogins.database(tenant))
                    .mapTo(int.class)
                    .findOne()
                    .isPresent();
        }
    }

    /** As {@link TenantDatabases#drop(TenantId)}, for a clinic of which this node keeps nothing any more. */
    void drop(TenantId tenant) {
        drop(tenant, () -> postgres.open("postgres"));
    }

    /** As {@link #drop(TenantId)}, and fails when the cluster says nothing for the patience. */
    void drop(TenantId tenant, Duration patience) {
        drop(tenant, () -> postgres.open("postgres", patience));
    }

    private void drop(TenantId tenant, Supplier<Handle> administrator) {
        var name = ClinicLogins.database(tenant);
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

    /** As {@link TenantDatabases#bar}. */
    void bar(TenantId tenant) {
        setLogins(tenant, "nologin");
        var name = ClinicLogins.database(tenant);
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
        forget(tenant);
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
    void unbar(TenantId tenant) {
        setLogins(tenant, "login");
    }

    private void setLogins(TenantId tenant, String right) {
        try (var handle = postgres.open("postgres")) {
            handle.createQuery("select rolname from pg_roles where rolname in (<names>)")
                    .bindList("names", logins.serving(tenant).user(), logins.keeper(tenant).user())
                    .mapTo(String.class)
                    .list()
                    .forEach(role -> handle.execute("alter role \"" + role + "\" " + right));
        }
    }

    /** Gives back the connections that serve the clinic. */
    void forget(TenantId tenant) {
        postgres.forget(ClinicLogins.database(tenant), logins.serving(tenant));
    }
}

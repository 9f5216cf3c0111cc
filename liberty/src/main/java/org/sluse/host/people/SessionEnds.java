// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.tenant.TenantId;

/**
 * At which clinics sessions of staff end, for every node to know: one question for all clinics. What is written here ends no session, and is written before one ends: a node that dies in between has told
 * already. Rows of the control database, by its clock; thread-safe; blocks. See {@code docs/adr/0021-a-socket-of-staff-belongs-to-a-session.md}.
 */
@OnePerNode
public final class SessionEnds {

    private final ControlDatabase control;

    @Inject
    SessionEnds(ControlDatabase control) {
        this.control = control;
    }

    /** Sessions of the clinic are about to end. To be called before the transaction that ends them. @throws org.sluse.problem.ProblemException {@code problem/unavailable} */
    public void soon(TenantId tenant) {
        control.write(handle -> soon(handle, tenant));
    }

    /** The same, in the transaction of the control database that ends them. */
    public static int soon(Handle handle, TenantId tenant) {
        return handle
                .createUpdate("insert into session_end (tenant, at) values (:tenant, now()) on conflict do nothing")
                .bind("tenant", tenant.value())
                .execute();
    }

    /** A session of the clinic ends by itself at this time. */
    public void at(TenantId tenant, Instant expires) {
        control.write(handle -> {
            handle.execute("delete from session_end where at < now() - interval '1 minute'");
            return handle
                    .createUpdate("insert into session_end (tenant, at) values (:tenant, :at) on conflict do nothing")
                    .bind("tenant", tenant.value())
                    .bind("at", expires)
                    .execute();
        });
    }

    /** At which of these clinics a session may have ended within the last 30 s: longer than a transaction lasts that ends one, and than clocks of nodes differ. */
    public Set<TenantId> ofLate(Collection<TenantId> tenants) {
        return control.read(handle -> handle.createQuery(
                "select distinct tenant from session_end where at between now() - interval '30 seconds' and now() and tenant = any (:tenants)")
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toArray())
                .mapTo(String.class)
                .stream()
                .map(TenantId::new)
                .collect(Collectors.toSet()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.sluse.host.control.ControlDatabase;
import org.sluse.tenant.TenantId;

/**
 * Clinics whose registers have yet to say what a new jar of a module declares: written in the transaction in which the jar comes into force, gone when the register says it. A node that dies at it leaves it
 * to the next that looks, a minute later. Rows of the control database; thread-safe.
 */
final class JarNews {

    private final ControlDatabase control;

    /** One clinic that has to be told. @param leased until when nobody else takes it */
    record News(String module, TenantId tenant, Instant leased) {}

    JarNews(ControlDatabase control) {
        this.control = control;
    }

    /** A new jar is in force: every clinic that was told of anybody for the module before has to be told anew. Who never was has never had it on. */
    static void of(Handle handle, String module) {
        handle.createUpdate(
                """
                        insert into register_notice (module, tenant)
                        select distinct :module, tenant from register_fact where kind = 'RECIPIENTS' and subject = :module and tenant is not null
                        on conflict (module, tenant) do update set try_after = excluded.try_after""")
                .bind("module", module)
                .execute();
    }

    /** Modules of which somebody has to be told now. */
    Set<String> modules() {
        return control.read(handle -> handle
                .createQuery("select distinct module from register_notice where try_after <= now()")
                .mapTo(String.class)
                .set());
    }

    /** Takes the next of these modules, for a minute. */
    Optional<News> next(Collection<String> modules) {
        return control.write(handle -> handle.createQuery("""
                with next as (
                    select module, tenant from register_notice where try_after <= now() and module = any (:modules)
                    order by try_after limit 1 for update skip locked
                )
                update register_notice notice set try_after = now() + interval '1 minute' from next
                where notice.module = next.module and notice.tenant = next.tenant
                returning notice.module, notice.tenant, try_after""")
                .bindArray("modules", String.class, modules.toArray())
                .map((row, context) -> new News(row.getString(1), new TenantId(row.getString(2)),
                        row.getTimestamp(3).toInstant()))
                .findOne());
    }

    /** The register says it, unless there is a newer jar by now. */
    void told(News news) {
        control.write(handle -> handle.createUpdate(
                "delete from register_notice where module = :module and tenant = :tenant and try_after = :leased")
                .bind("module", news.module())
                .bind("tenant", news.tenant().value())
                .bind("leased", news.leased())
                .execute());
    }
}

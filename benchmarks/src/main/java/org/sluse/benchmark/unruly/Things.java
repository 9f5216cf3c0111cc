// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark.unruly;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.plugin.OfPlugin;

/** {@code /api/{tenant}/unruly/things}. */
@Path("/{tenant}/unruly/things")
@OfPlugin("unruly")
@AllowedTo(Role.ANYONE)
@RequestScoped
public class Things {

    private static final int PIECE = 256 * 1024;
    /** A quarter of the server's heap: more would end the process, which is the operating system's to contain. */
    private static final int MOST_PIECES = 640;
    private static final long HANG_NANOS = 20_000_000_000L;
    /** What nobody gives back. */
    private static final Queue<byte[]> LEAKED = new ConcurrentLinkedQueue<>();

    @Inject
    TenantDatabase database;

    /** Counts its things, after having done what it is asked to. */
    @GET
    public String count(@QueryParam("act") @DefaultValue("") String act) {
        switch (act) {
            case "throw" -> throw new IllegalStateException("As it was asked to");
            case "hang" -> LockSupport.parkNanos(HANG_NANOS);
            case "leak" -> {
                if (LEAKED.size() < MOST_PIECES) {
                    LEAKED.add(new byte[PIECE]);
                }
            }
            default -> {
                // Whoever floods asks for nothing bad, only too often.
            }
        }
        return database.inTransaction(AuditEntry.list("Thing"),
                tx -> tx.handle().createQuery("select count(*) from thing").mapTo(String.class).one());
    }
}

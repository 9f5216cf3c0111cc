// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir.audit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.audit.AuditQuery;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;

/** {@code /api/{tenant}/core/audit/export}: every entry that is searched for, as a file. */
@Path("/{tenant}/core/audit/export")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
public class AuditExportResource {

    /** For a node whose clock is a little behind that of the one that wrote. */
    private static final long AHEAD_SECONDS = 60;

    @Inject
    AuditExport export;
    @Inject
    TenantContext context;
    @Inject
    Clock clock;

    /** @param format {@code csv}, or {@code ndjson} for an AuditEvent in each line */
    @GET
    public Response export(@BeanParam AuditQuery query, @QueryParam("format") @DefaultValue("csv") String format) {
        var end = clock.instant().plusSeconds(AHEAD_SECONDS);
        var search = query.search(end, false);
        return switch (format) {
            case "csv" -> file(export.csv(search, query.place(end)), "text/csv;charset=UTF-8", "csv");
            case "ndjson" -> file(export.ndjson(search, query.place(end)), "application/fhir+ndjson", "ndjson");
            default -> throw ProblemException.notAllowed("/format", "format",
                    "The audit trail has no such format; right would be csv or ndjson");
        };
    }

    private Response file(Object content, String type, String ending) {
        return Response.ok(content, type)
                .header("Content-Disposition",
                        "attachment; filename=\"audit-" + context.tenant().id() + "." + ending + "\"")
                .build();
    }
}

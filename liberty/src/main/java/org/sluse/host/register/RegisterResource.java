// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.problem.ProblemException;

/** {@code GET /api/{tenant}/core/register}. */
@Path("/{tenant}/core/register")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
public class RegisterResource {

    @Inject
    Register register;
    @Inject
    DataPorts data;
    @Inject
    Texts texts;

    @GET
    public Response show(@QueryParam("lang") @DefaultValue("en") String lang,
            @QueryParam("format") @DefaultValue("json") String format) {
        data.forPlugin(TenantDatabases.CORE).inTransaction(AuditEntry.read("Register", "now"), tx -> true);
        return answer(register.now(Language.of(lang).orElse(Language.EN)), format,
                Language.of(lang).orElse(Language.EN), texts);
    }

    /** The register in one of its forms. */
    public static Response answer(Register.RegisterView view, String format, Language language, Texts texts) {
        return switch (format) {
            case "json" -> Response.ok(view, MediaType.APPLICATION_JSON).build();
            case "csv" -> Response.ok(RegisterFormat.csv(view), "text/csv;charset=UTF-8").build();
            case "text" -> Response.ok(RegisterFormat.text(view, texts, language), "text/plain;charset=UTF-8").build();
            default -> throw ProblemException.notAllowed("/format", "format",
                    "The register has no such format; right would be text, json or csv");
        };
    }
}

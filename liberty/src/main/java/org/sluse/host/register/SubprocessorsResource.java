// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.text.Csv;
import org.sluse.host.register.RegisterView.RecipientRow;
import org.sluse.problem.ProblemException;

/** {@code GET /api/subprocessors?lang=nb|de|en&format=json|csv}: whom the platform engages. It tells of no clinic, so anybody may read it. */
@Path("/subprocessors")
@RequestScoped
@AllowedTo(Role.ANYONE)
@Produces(MediaType.APPLICATION_JSON)
public class SubprocessorsResource {

    private static final List<String> COLUMNS = List.of("module", "name", "address", "country", "service", "processing",
            "legalBasis", "transfer");

    @Inject
    Subprocessors subprocessors;

    @GET
    public Response show(@BeanParam RegisterQuery query) {
        var view = subprocessors.view(query.language());
        return switch (query.format) {
            case "json" -> Response.ok(view, MediaType.APPLICATION_JSON).build();
            case "csv" -> Response.ok(csv(view), "text/csv;charset=UTF-8").build();
            default -> throw ProblemException.notAllowed("/format", "format",
                    "This list has no such format; right would be json or csv");
        };
    }

    private static String csv(Subprocessors.View view) {
        return Csv.table(COLUMNS, Stream.concat(view.always().stream().map(one -> line("", one)),
                view.modules()
                        .stream()
                        .flatMap(module -> module.recipients().stream().map(one -> line(module.name(), one)))));
    }

    private static List<String> line(String module, RecipientRow to) {
        return List.of(module, to.name(), to.address(), to.country(), to.service(), to.processing(), to.legalBasis(),
                to.transfer().orElse(""));
    }
}

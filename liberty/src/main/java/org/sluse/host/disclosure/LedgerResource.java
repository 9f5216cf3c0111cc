// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.problem.ProblemException;

/** {@code /api/{tenant}/core/ledger}. */
@Path("/{tenant}/core/ledger")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class LedgerResource {

    private static final int PAGE = 50;
    /** For a node whose clock is a little behind that of the one that wrote. */
    private static final long AHEAD_SECONDS = 60;

    @Inject
    Ledger ledger;
    @Inject
    LedgerExport export;
    @Inject
    PluginRegistry plugins;
    @Inject
    Texts texts;
    @Inject
    Binding binding;
    @Inject
    Clock clock;

    /** A module that may be searched for, on or off. */
    record ModuleName(String id, String name) {}

    /** @param more whether there are older rows @param modules by id */
    record LedgerView(List<Ledger.Row> rows, boolean more, List<ModuleName> modules) {}

    /** The newest rows that are searched for, fifty at most. */
    @GET
    public LedgerView find(@BeanParam LedgerQuery query, @QueryParam("lang") @DefaultValue("en") String lang) {
        var rows = ledger.find(query.search(end()), query.place(end()), PAGE + 1);
        var language = Language.of(lang).orElse(Language.EN);
        return new LedgerView(rows.subList(0, Math.min(PAGE, rows.size())), rows.size() > PAGE,
                plugins.all()
                        .stream()
                        .map(one -> new ModuleName(one.id().value(),
                                texts.text(one.id().value(), "module.name", language)))
                        .toList());
    }

    /** Every row that is searched for, as a file. */
    @GET
    @Path("/export")
    public Response export(@BeanParam LedgerQuery query, @QueryParam("format") @DefaultValue("csv") String format) {
        var tenant = binding.tenant().id();
        return switch (format) {
            case "csv" -> file(export.csv(tenant, query.search(end()), query.place(end())), "text/csv;charset=UTF-8",
                    "ledger-" + tenant + ".csv");
            case "json" -> file(export.json(tenant, query.search(end()), query.place(end())),
                    MediaType.APPLICATION_JSON, "ledger-" + tenant + ".json");
            default -> throw ProblemException.notAllowed("/format", "format",
                    "The ledger has no such format; right would be csv or json");
        };
    }

    private static Response file(Object content, String type, String name) {
        return Response.ok(content, type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private Instant end() {
        return clock.instant().plusSeconds(AHEAD_SECONDS);
    }
}

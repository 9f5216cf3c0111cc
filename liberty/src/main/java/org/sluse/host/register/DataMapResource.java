// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.KeptWords.Row;
import org.sluse.host.text.Csv;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.problem.ProblemException;

/** {@code /api/{tenant}/core/data-map}: every column that the host and the modules in the server, on or off, keep in a clinic's database: what it holds, for what and for how long. */
@Path("/{tenant}/core/data-map")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class DataMapResource {

    private static final List<String> COLUMNS = List.of("module", "table", "column", "category", "purpose", "retention",
            "sealed", "person");

    @Inject
    PluginRegistry plugins;
    @Inject
    Texts texts;
    @Inject
    DataPorts data;

    record DataMapView(List<Row> columns) {}

    /** @param format {@code json} or {@code csv} */
    @GET
    public Response show(@QueryParam("format") @DefaultValue("json") String format,
            @QueryParam("lang") @DefaultValue("en") String lang) {
        var language = Language.of(lang).orElse(Language.EN);
        data.forPlugin(TenantDatabases.CORE).inTransaction(AuditEntry.read("DataMap", "*").touching(1), tx -> true);
        var rows = new KeptWords(texts).rows(plugins.all().stream().map(PluginRegistry.Installed::plugin).toList(),
                language);
        return switch (format) {
            case "json" -> Response.ok(new DataMapView(rows), MediaType.APPLICATION_JSON).build();
            case "csv" -> Response.ok(Csv.table(COLUMNS, rows.stream().map(DataMapResource::line)),
                    "text/csv;charset=UTF-8")
                    .header("Content-Disposition", "attachment; filename=\"data-map.csv\"")
                    .build();
            default -> throw ProblemException.notAllowed("/format", "format",
                    "The data map has no such format; right would be json or csv");
        };
    }

    private static List<String> line(Row row) {
        return Stream.of(row.module(), row.table(), row.column(), row.category().name(), row.purpose(), row.retention(),
                Boolean.toString(row.sealed()), row.person()).toList();
    }
}

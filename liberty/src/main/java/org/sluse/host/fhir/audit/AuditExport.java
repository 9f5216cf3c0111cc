// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir.audit;

import ca.uhn.fhir.context.FhirContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sluse.host.audit.AuditEntries;
import org.sluse.host.audit.AuditEntries.Place;
import org.sluse.host.audit.AuditEntries.Row;
import org.sluse.host.audit.AuditEntries.Search;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.text.Csv;
import org.sluse.tenant.TenantContext;
import org.sluse.tenant.TenantId;

/**
 * The audit trail, or what is searched for, as a file. It is read piece by piece while it is written, so that its length costs no memory; each piece is an entry of the trail before its first
 * byte is.
 */
@OnePerNode
public final class AuditExport {

    static final int PIECE = 2000;

    private static final List<String> COLUMNS = List.of("tenant", "id", "at", "actorKind", "actor", "actorName",
            "module", "action", "objectType", "object", "patient", "outcome", "reason", "objects", "network", "agent");

    private final AuditEntries entries;
    private final HostSettings settings;
    private final TenantContext context;

    /** Makes a line of a row, with its end. */
    private interface Line {

        String of(Row row);
    }

    @Inject
    AuditExport(AuditEntries entries, HostSettings settings, TenantContext context) {
        this.entries = entries;
        this.settings = settings;
        this.context = context;
    }

    /** A heading, then a line for each entry, the newest first. */
    public StreamingOutput csv(Search search, Place before) {
        var tenant = context.tenant().id();
        return file(search, before, Csv.heading(COLUMNS), row -> line(tenant, row));
    }

    /** An AuditEvent in each line, the newest first (FHIR Bulk Data, ndjson). */
    public StreamingOutput ndjson(Search search, Place before) {
        var mapper = new AuditEventMapper(settings.publicUrl(), context.tenant().id());
        var parser = FhirContext.forR4Cached().newJsonParser();
        return file(search, before, "", row -> parser.encodeResourceToString(mapper.toFhir(row)) + "\n");
    }

    private StreamingOutput file(Search search, Place before, String heading, Line line) {
        // Before the first byte: what cannot be written down is not answered.
        var first = entries.find(search, before, PIECE);
        return out -> {
            out.write(heading.getBytes(StandardCharsets.UTF_8));
            var piece = first;
            while (!piece.isEmpty()) {
                for (var row : piece) {
                    out.write(line.of(row).getBytes(StandardCharsets.UTF_8));
                }
                piece = piece.size() < PIECE ? List.of() : entries.find(search, Place.after(piece.getLast()), PIECE);
            }
        };
    }

    private static String line(TenantId tenant, Row row) {
        return Csv.line(List.of(tenant.value(), Long.toString(row.id()), row.at().toString(), row.actorKind().name(),
                row.actorId(), row.actorName().orElse(""), row.module(), row.action().name(), row.objectType(),
                row.objectId(), row.patient().orElse(""), row.outcome().name(), row.reason().orElse(""),
                row.objects().map(String::valueOf).orElse(""), row.network(), row.agent()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.disclosure.Ledger.Place;
import org.sluse.host.disclosure.Ledger.Row;
import org.sluse.host.disclosure.Ledger.Search;
import org.sluse.host.text.Csv;
import org.sluse.tenant.TenantId;

/**
 * The whole ledger, or what is searched for, as a file. It is read piece by piece while it is written, so that its length costs no memory; each piece is an entry
 * of the audit log before its first byte is.
 */
@OnePerNode
public final class LedgerExport {

    static final int PIECE = 2000;

    private static final List<String> COLUMNS = List.of("tenant", "id", "at", "module", "recipientId", "recipient",
            "categories", "bytes", "subject", "revision", "result", "outcome");

    private final Ledger ledger;
    private final ObjectMapper json;

    /** Takes a row of a file. */
    private interface Line {

        void write(Row row) throws IOException;
    }

    @Inject
    LedgerExport(Ledger ledger, ObjectMapper json) {
        this.ledger = ledger;
        this.json = json;
    }

    /** A heading, then a line for each row, the newest first. */
    public StreamingOutput csv(TenantId tenant, Search search, Place before) {
        var first = ledger.find(search, before, PIECE);
        return out -> {
            out.write(Csv.heading(COLUMNS).getBytes(StandardCharsets.UTF_8));
            rows(search, first, row -> out.write(line(tenant, row).getBytes(StandardCharsets.UTF_8)));
        };
    }

    /** One object: {@code tenant}, and {@code rows}, the newest first. */
    StreamingOutput json(TenantId tenant, Search search, Place before) {
        var first = ledger.find(search, before, PIECE);
        return out -> {
            try (var file = json.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                file.writeStartObject();
                file.writeStringField("tenant", tenant.value());
                file.writeArrayFieldStart("rows");
                rows(search, first, row -> json.writeValue(file, row));
                file.writeEndArray();
                file.writeEndObject();
            }
        };
    }

    private void rows(Search search, List<Row> first, Line line) throws IOException {
        var piece = first;
        while (!piece.isEmpty()) {
            for (var row : piece) {
                line.write(row);
            }
            piece = piece.size() < PIECE
                    ? List.of()
                    : ledger.find(search, new Place(piece.getLast().at(), piece.getLast().id()), PIECE);
        }
    }

    private static String line(TenantId tenant, Row row) {
        return Csv.line(List.of(tenant.value(), row.id().toString(), row.at().toString(), row.module(),
                row.recipientId(), row.recipient(), String.join(" ", row.categories()), Integer.toString(row.bytes()),
                row.subject().orElse(""), Long.toString(row.revision()), row.result(), row.outcome().name()));
    }
}

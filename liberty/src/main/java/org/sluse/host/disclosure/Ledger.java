// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.Vault;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;
import org.sluse.plugin.PluginId;

/** One row for each disclosure of the bound tenant, refusals too; without content. Thread-safe. */
@OnePerNode
public final class Ledger {

    /** The least of all ids. */
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final DataPorts data;
    private final Binding binding;
    private final Vault vault;
    private final Clock clock;
    private final Ids ids;

    @Inject
    Ledger(DataPorts data, Binding binding, Vault vault, Clock clock, Ids ids) {
        this.data = data;
        this.binding = binding;
        this.vault = vault;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * One disclosure.
     *
     * @param recipient its legal name at that time
     * @param subject pseudonym of whom it was about; empty when about nobody
     * @param revision of the toggles that it was decided by
     * @param result {@code SENDING}, the HTTP status, {@code NOT_SENT}, {@code NO_ANSWER} or why it was refused
     */
    public record Row(UUID id, Instant at, String recipient, String module, List<String> categories, int bytes,
            Optional<String> subject, long revision,
            String result) {}

    /** Opens a row before anything is sent, with an audit entry; from then on the disclosure cannot be forgotten. */
    UUID begin(PluginId plugin, String recipientId, String recipientName, Set<DataCategory> categories, int bytes,
            Optional<String> patient,
            long revision, String result) {
        var id = ids.next();
        var entry = AuditEntry.of(AuditAction.DISCLOSE, "Recipient", recipientId);
        var about = patient.map(entry::about).orElse(entry);
        database().inTransaction(result.equals("SENDING") ? about : about.refused(), tx -> tx.handle()
                .createUpdate(
                        """
                                insert into ledger (id, at, plugin, recipient, name, categories, bytes, subject, revision, result)
                                values (:id, :at, :plugin, :recipient, :name, :categories, :bytes, :subject, :revision, :result)""")
                .bind("id", id)
                .bind("at", clock.instant())
                .bind("plugin", plugin.value())
                .bind("recipient", recipientId)
                .bind("name", recipientName)
                .bindArray("categories", String.class, categories.stream().map(Enum::name).sorted().toList())
                .bind("bytes", bytes)
                .bind("subject", patient.map(this::pseudonym).orElse(null))
                .bind("revision", revision)
                .bind("result", result)
                .execute());
        return id;
    }

    /** Closes the row. @param bytes that left; fewer than announced when nothing was sent in the end */
    void end(UUID id, String result, int bytes) {
        database().inTransaction(AuditEntry.of(AuditAction.CHANGE, "Disclosure", id.toString()),
                tx -> tx.handle()
                        .createUpdate("update ledger set result = :result, bytes = :bytes where id = :id")
                        .bind("result", result)
                        .bind("bytes", bytes)
                        .bind("id", id)
                        .execute());
    }

    /**
     * The newest rows before a place in the ledger, at most 51.
     *
     * @param id of the row at that place: of two rows of the same time it is the id that parts them; absent: the place is before every row of that time
     */
    public List<Row> before(Instant time, Optional<UUID> id) {
        return database().inTransaction(AuditEntry.list("Disclosure"), tx -> tx.handle()
                .createQuery(
                        """
                                select id, at, name, plugin, categories, bytes, subject, revision, result from ledger
                                where (at, id) < (:time, :id) order by at desc, id desc limit 51""")
                .bind("time", time)
                .bind("id", id.orElse(BEFORE_ALL))
                .map((row, context) -> new Row(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant(),
                        row.getString(3), row.getString(4), List.of((String[]) row.getArray(5).getArray()),
                        row.getInt(6), Optional.ofNullable(row.getString(7)), row.getLong(8), row.getString(9)))
                .list());
    }

    private String pseudonym(String patient) {
        return vault.derive("ledger|" + binding.tenant().id() + "|" + patient).substring(0, 12);
    }

    private TenantDatabase database() {
        return data.forPlugin(TenantDatabases.CORE);
    }

    /** What stands in the ledger for a recipient that nobody declares. */
    static String nameOf(Optional<Recipient> recipient) {
        return recipient.map(Recipient::name).orElse("unknown");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
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

    private static final Logger LOG = Logger.getLogger(Ledger.class.getName());

    /** What the codes of {@code result} come to, in PostgreSQL's words; every name that it gives is an {@link Outcome}. */
    private static final String OUTCOME = """
            case when result = 'SENDING' then 'SENDING'
                 when result = 'NO_ANSWER' then 'NO_ANSWER'
                 when result = 'HANDED_OVER' then 'HANDED_OVER'
                 when result = 'CLOSED' or result ~ '^2[0-9][0-9]$' then 'SENT'
                 when result = 'NOT_SENT' or result ~ '^[0-9]+$' then 'NOT_TAKEN'
                 else 'REFUSED' end""";
    /** Of a {@link Row}, in its order. */
    private static final String COLUMNS = "id, at, recipient, name, plugin, categories, bytes, subject, revision, result, "
            + OUTCOME + " as outcome";

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

    /** What became of a disclosure. */
    public enum Outcome {
        /** Begun, and not ended: on its way, or the node died meanwhile. */
        SENDING,
        /** Sent, and the recipient took it. */
        SENT,
        /** It may have been sent. */
        NO_ANSWER,
        /** A browser was given it, to go to the recipient by itself. */
        HANDED_OVER,
        /** The recipient could not be reached, or answered that it does not take it. */
        NOT_TAKEN,
        /** The gate said no; nothing was sent. */
        REFUSED
    }

    /**
     * One disclosure.
     *
     * @param module id of the plugin
     * @param recipientId its id within the plugin
     * @param recipient its legal name at that time
     * @param categories by name, sorted
     * @param bytes that left
     * @param subject pseudonym of whom it was about; empty when about nobody
     * @param revision of the toggles that it was decided by
     * @param result {@code SENDING}, the HTTP status, {@code CLOSED}, {@code HANDED_OVER}, {@code NOT_SENT}, {@code NO_ANSWER} or why it was refused
     */
    public record Row(UUID id, Instant at, String recipientId, String recipient, String module, List<String> categories,
            int bytes, Optional<String> subject, long revision, String result, Outcome outcome) {

        /** Whether something went to the recipient, or may have gone; a call without any content is something too. */
        public boolean hasLeft() {
            return outcome != Outcome.REFUSED && !result.equals("NOT_SENT");
        }
    }

    /**
     * Which rows.
     *
     * @param from the earliest time, inclusive
     * @param until the latest time, exclusive
     * @param module id of the plugin; absent for any
     * @param recipient a part of its legal name in any case, or its id; absent for any
     * @param outcome absent for any
     */
    public record Search(Instant from, Instant until, Optional<String> module, Optional<String> recipient,
            Optional<Outcome> outcome) {}

    /** A row's place, by which the rows after it are asked for: of two rows of the same time it is the id that parts them. */
    public record Place(Instant at, UUID id) {

        /** Before every row of this time. */
        public static Place before(Instant time) {
            // The least of all ids.
            return new Place(time, new UUID(0, 0));
        }
    }

    /** Opens a row before anything is sent, with an audit entry; from then on the disclosure cannot be forgotten. @return the row's id */
    UUID begin(PluginId plugin, String recipientId, String recipientName, Set<DataCategory> categories, int bytes,
            Optional<String> patient, long revision) {
        return insert(entry(recipientId, patient), plugin, recipientId, recipientName, categories, bytes, patient,
                revision, "SENDING");
    }

    /** Writes down what was refused before anything was sent, with an audit entry that says why. @return the row's id */
    UUID refuse(PluginId plugin, String recipientId, String recipientName, Set<DataCategory> categories,
            Optional<String> patient, long revision, Reason reason) {
        return insert(entry(recipientId, patient).refused(reason.name().toLowerCase(Locale.ROOT).replace('_', '-')),
                plugin, recipientId, recipientName, categories, 0, patient, revision, reason.name());
    }

    private static AuditEntry entry(String recipientId, Optional<String> patient) {
        var entry = AuditEntry.of(AuditAction.DISCLOSE, "Recipient", recipientId);
        return patient.map(entry::about).orElse(entry);
    }

    private UUID insert(AuditEntry entry, PluginId plugin, String recipientId, String recipientName,
            Set<DataCategory> categories, int bytes, Optional<String> patient, long revision, String result) {
        var id = ids.next();
        database().inTransaction(entry, tx -> tx.handle()
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

    /**
     * Closes the row. What became of a call is told to the plugin even when it cannot be written down: the row then still says {@code SENDING}, which is "not known".
     *
     * @param bytes that left; fewer than announced when nothing was sent in the end
     */
    void end(UUID id, String result, int bytes) {
        try {
            write(id, result, bytes);
        } catch (RuntimeException unwritable) {
            LOG.log(Level.WARNING, "ledger-row-not-ended result=" + result + " cause="
                    + unwritable.getClass().getName());
        }
    }

    private void write(UUID id, String result, int bytes) {
        database().inTransaction(AuditEntry.of(AuditAction.CHANGE, "Disclosure", id.toString()),
                tx -> tx.handle()
                        .createUpdate("update ledger set result = :result, bytes = :bytes where id = :id")
                        .bind("result", result)
                        .bind("bytes", bytes)
                        .bind("id", id)
                        .execute());
    }

    /** The newest rows that are searched for, older than a place in the ledger; at most so many. */
    public List<Row> find(Search search, Place before, int most) {
        return database().inTransaction(AuditEntry.list("Disclosure"), tx -> tx.handle()
                .createQuery(
                        """
                                select * from (
                                    select %s
                                    from ledger where (at, id) < (:time, :id) and at >= :from and at < :until) as row
                                where (:module::text is null or plugin = :module) and (:outcome::text is null or outcome = :outcome)
                                  and (:recipient::text is null or recipient = :recipient or position(lower(:recipient) in lower(name)) > 0)
                                order by at desc, id desc limit :most"""
                                .formatted(COLUMNS))
                .bind("time", before.at())
                .bind("id", before.id())
                .bind("from", search.from())
                .bind("until", search.until())
                .bind("module", search.module().orElse(null))
                .bind("outcome", search.outcome().map(Enum::name).orElse(null))
                .bind("recipient", search.recipient().orElse(null))
                .bind("most", most)
                .map((row, context) -> row(row))
                .list());
    }

    /** Every row about one of these patients, the newest first. @param patients ids as they were given with the calls */
    public List<Row> about(Collection<String> patients) {
        return database().inTransaction(AuditEntry.list("Disclosure"), tx -> tx.handle()
                .createQuery(
                        "select " + COLUMNS + " from ledger where subject = any(:subjects) order by at desc, id desc")
                .bindArray("subjects", String.class, patients.stream().map(this::pseudonym).toList())
                .map((row, context) -> row(row))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant(), row.getString(3),
                row.getString(4), row.getString(5), List.of((String[]) row.getArray(6).getArray()), row.getInt(7),
                Optional.ofNullable(row.getString(8)), row.getLong(9), row.getString(10),
                Outcome.valueOf(row.getString(11)));
    }

    /** Whether this recipient, by this name, has been sent anything since. */
    public boolean hasReceived(String module, String recipient, String name, Instant since) {
        return database().inTransaction(AuditEntry.list("Disclosure"), tx -> tx.handle()
                .createQuery(
                        """
                                select exists (select 1 from ledger where plugin = :module and recipient = :recipient and name = :name and at >= :since
                                               and result <> 'NOT_SENT' and %s <> 'REFUSED')"""
                                .formatted(OUTCOME))
                .bind("module", module)
                .bind("recipient", recipient)
                .bind("name", name)
                .bind("since", since)
                .mapTo(boolean.class)
                .one());
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

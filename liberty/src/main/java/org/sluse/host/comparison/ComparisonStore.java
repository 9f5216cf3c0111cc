// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.host.comparison.Comparisons.Overview;
import org.sluse.host.comparison.Comparisons.Unused;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/** What the comparisons found: each clinic's in its own database, and the numbers of all in the control database. Thread-safe. */
@OnePerNode
public final class ComparisonStore {

    private static final int MOST = 100;
    /** Two nights, so that one that was missed for an hour alarms nobody. */
    private static final Duration LATE = Duration.ofHours(48);
    /** Every clinic and how it stands; one that was never compared is as late as it is old. */
    private static final String CLINICS = """
            select id, at, coalesce(undeclared, 0) undeclared, coalesce(unused, 0) unused, coalesce(at, created_at) < :late is_late
            from tenant left join comparison on tenant = id""";

    private final DataPorts data;
    private final ControlDatabase control;
    private final Binding binding;

    @Inject
    ComparisonStore(DataPorts data, ControlDatabase control, Binding binding) {
        this.data = data;
        this.control = control;
        this.binding = binding;
    }

    /**
     * A disclosure that had not been declared, as it was found.
     *
     * @param row id of the ledger's
     * @param at when it was made
     * @param lookedIntoAt absent while nobody has
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Found(UUID row, Instant at, String module, String recipient, Undeclared.Why why,
            List<String> categories, Instant foundAt, Optional<Instant> lookedIntoAt) {}

    /**
     * A clinic of which the operator should know.
     *
     * @param at when it was compared last; absent when never
     * @param undeclared how many disclosures had not been declared and were not looked into yet
     * @param isLate whether it has not been compared for two nights, or never though it is older than that
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ClinicSum(String tenant, Optional<Instant> at, int undeclared, int unused, boolean isLate) {}

    /**
     * How all clinics stand.
     *
     * @param undeclared in how many of them something has left that nobody had declared and nobody has looked into yet
     * @param late how many have not been compared for two nights
     */
    public record Sum(int undeclared, int late) {

        /** Of no clinics. */
        static final Sum NONE = new Sum(0, 0);
    }

    /** Up to when the ledger has been compared; the beginning of time when never. */
    Instant through() {
        return database().inTransaction(AuditEntry.list("Comparison"),
                tx -> tx.handle()
                        .createQuery("select through from comparison")
                        .mapTo(Instant.class)
                        .findOne()
                        .orElse(Instant.EPOCH));
    }

    /** Keeps what was found. @return how many of them are new */
    int keep(Instant now, Instant through, List<Undeclared> undeclared, List<Unused> unused) {
        return database().inTransaction(AuditEntry.of(AuditAction.CREATE, "Comparison", now.toString()), tx -> {
            var handle = tx.handle();
            // First: its lock makes a second comparison of the same moment wait.
            handle.createUpdate(
                    """
                            insert into comparison (only_one, at, through) values (true, :now, :through)
                            on conflict (only_one) do update set at = excluded.at, through = greatest(comparison.through, excluded.through)""")
                    .bind("now", now)
                    .bind("through", through)
                    .execute();
            var found = undeclared.stream().mapToInt(one -> insert(handle, one, now)).sum();
            handle.execute("delete from unused");
            unused.forEach(one -> handle
                    .createUpdate(
                            "insert into unused (plugin, recipient, name, since) values (:module, :recipient, :name, :since)")
                    .bindMethods(one)
                    .execute());
            return found;
        });
    }

    private static int insert(Handle handle, Undeclared one, Instant now) {
        return handle.createUpdate(
                "insert into undeclared (ledger, why, categories, found_at) values (:row, :why, :categories, :now) on conflict do nothing")
                .bind("row", one.row().id())
                .bind("why", one.why().name())
                .bindArray("categories", String.class, one.categories())
                .bind("now", now)
                .execute();
    }

    Overview overview() {
        return database().inTransaction(AuditEntry.list("Comparison"), tx -> {
            var handle = tx.handle();
            return new Overview(handle.createQuery("select at from comparison").mapTo(Instant.class).findOne(),
                    undeclared(handle),
                    handle.createQuery("select count(*) from undeclared where looked_at is null")
                            .mapTo(int.class)
                            .one(),
                    handle.createQuery("select plugin, recipient, name, since from unused order by plugin, recipient")
                            .map((row, context) -> new Unused(row.getString(1), row.getString(2), row.getString(3),
                                    row.getTimestamp(4).toInstant()))
                            .list());
        });
    }

    private static List<Found> undeclared(Handle handle) {
        return handle.createQuery("""
                select ledger, at, plugin, name, why, undeclared.categories, found_at, looked_at
                from undeclared join ledger on ledger.id = ledger
                order by looked_at is null desc, at desc, id desc limit :most""")
                .bind("most", MOST)
                .map((row, context) -> new Found(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant(),
                        row.getString(3), row.getString(4), Undeclared.Why.valueOf(row.getString(5)),
                        List.of((String[]) row.getArray(6).getArray()), row.getTimestamp(7).toInstant(),
                        Optional.ofNullable(row.getTimestamp(8)).map(java.sql.Timestamp::toInstant)))
                .list();
    }

    void lookedInto(UUID row, Instant now) {
        var known = database().inTransaction(AuditEntry.of(AuditAction.CHANGE, "Undeclared", row.toString()),
                tx -> tx.handle()
                        .createUpdate(
                                "update undeclared set looked_at = coalesce(looked_at, :now), looked_by = coalesce(looked_by, :by) where ledger = :row")
                        .bind("now", now)
                        .bind("by", binding.actor().id())
                        .bind("row", row)
                        .execute());
        if (known == 0) {
            throw ProblemException.notFound();
        }
    }

    /** A row of the operator's log, without what it is about. */
    void tellOperator(TenantId tenant) {
        control.inTransaction("FIND", "UndeclaredDisclosure", tenant.value(), handle -> {
        });
    }

    /** Puts a clinic's numbers among those of all. */
    void sum(TenantId tenant, Instant at, int undeclared, int unused) {
        control.write(handle -> handle
                .createUpdate(
                        """
                                insert into comparison (tenant, at, undeclared, unused) values (:tenant, :at, :undeclared, :unused)
                                on conflict (tenant) do update set at = excluded.at, undeclared = excluded.undeclared, unused = excluded.unused""")
                .bind("tenant", tenant.value())
                .bind("at", at)
                .bind("undeclared", undeclared)
                .bind("unused", unused)
                .execute());
    }

    /** Clinics with disclosures that nobody has declared and nobody has looked into, and those that are late; the former first, a hundred at most. */
    public List<ClinicSum> attention(Instant now) {
        return control.read(handle -> attention(handle, now));
    }

    static List<ClinicSum> attention(Handle handle, Instant now) {
        return handle.createQuery("""
                select id, at, undeclared, unused, is_late from (%s) clinic
                where undeclared > 0 or is_late order by undeclared > 0 desc, id limit :most""".formatted(CLINICS))
                .bind("late", now.minus(LATE))
                .bind("most", MOST)
                .map((row, context) -> new ClinicSum(row.getString(1),
                        Optional.ofNullable(row.getTimestamp(2)).map(java.sql.Timestamp::toInstant), row.getInt(3),
                        row.getInt(4), row.getBoolean(5)))
                .list();
    }

    /** The same of all clinics, in numbers. */
    public Sum sum(Instant now) {
        return control.read(handle -> sum(handle, now));
    }

    static Sum sum(Handle handle, Instant now) {
        return handle.createQuery(
                "select count(*) filter (where undeclared > 0), count(*) filter (where is_late) from (%s) clinic"
                        .formatted(CLINICS))
                .bind("late", now.minus(LATE))
                .map((row, context) -> new Sum(row.getInt(1), row.getInt(2)))
                .one();
    }

    private TenantDatabase database() {
        return data.forPlugin(TenantDatabases.CORE);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sluse.data.Cell;
import org.sluse.data.PersonSeal;
import org.sluse.data.Transaction;

/** Safety flags as rows; what was answered, and the note, is sealed. */
final class SafetyFlagStore {

    private static final String TABLE = "safety_flag";

    private SafetyFlagStore() {}

    static void raise(Transaction tx, Assessment assessment, Answer.Chosen answer, Instant now) {
        var seal = tx.sealOf(assessment.patient().toString());
        tx.handle()
                .createUpdate(
                        """
                                insert into safety_flag (assessment_id, link_id, code, raised_at) values (:assessment, :item, :code, :now)
                                on conflict (assessment_id) do update set code = excluded.code, raised_at = excluded.raised_at,
                                acknowledged_at = null, acknowledged_by = null, note = null, passed_at = null, passed_to = null""")
                .bind("assessment", assessment.id())
                .bind("item", answer.linkId())
                .bind("code", seal.seal(Cell.of(TABLE, "code", assessment.id()), answer.code()))
                .bind("now", now)
                .execute();
    }

    static Optional<SafetyFlag> find(Transaction tx, Assessment assessment) {
        return tx.handle()
                .createQuery("select * from safety_flag where assessment_id = :assessment")
                .bind("assessment", assessment.id())
                .map((row, ctx) -> flag(row, assessment.id(), tx.sealOf(assessment.patient().toString())))
                .findOne();
    }

    private static SafetyFlag flag(ResultSet row, UUID assessment, PersonSeal seal) throws SQLException {
        var passedTo = row.getString("passed_to");
        return new SafetyFlag(assessment, row.getString("link_id"),
                seal.open(Cell.of(TABLE, "code", assessment), row.getString("code")),
                row.getTimestamp("raised_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("passed_at"))
                        .map(at -> new SafetyFlag.PassedOn(at.toInstant(), passedTo)),
                acknowledged(row, assessment, seal));
    }

    private static Optional<SafetyFlag.Acknowledged> acknowledged(ResultSet row, UUID assessment, PersonSeal seal)
            throws SQLException {
        var at = Optional.ofNullable(row.getTimestamp("acknowledged_at")).map(Timestamp::toInstant);
        var by = row.getString("acknowledged_by");
        var note = row.getString("note");
        return at.map(when -> new SafetyFlag.Acknowledged(when, by,
                seal.open(Cell.of(TABLE, "note", assessment), note)));
    }

    /** A flag that waits, and about whom it is. */
    record Waiting(UUID assessment, UUID patient) {}

    /** Those that nobody has reviewed and that are not with the deputy, raised at or before this time; nobody else changes them until this transaction ends. */
    static List<Waiting> raisedUntil(Transaction tx, Instant until) {
        return tx.handle()
                .createQuery(
                        """
                                select assessment.id, assessment.patient_id from safety_flag join assessment on assessment.id = safety_flag.assessment_id
                                where acknowledged_at is null and passed_at is null and raised_at <= :until order by raised_at for update of safety_flag""")
                .bind("until", until)
                .map((row, ctx) -> new Waiting(row.getObject("id", UUID.class),
                        row.getObject("patient_id", UUID.class)))
                .list();
    }

    /** When the oldest of those that remain was raised. */
    static Optional<Instant> nextRaised(Transaction tx) {
        return tx.handle()
                .createQuery(
                        "select raised_at from safety_flag where acknowledged_at is null and passed_at is null order by raised_at limit 1")
                .mapTo(Instant.class)
                .findOne();
    }

    static void passOn(Transaction tx, UUID assessment, String to, Instant now) {
        tx.handle()
                .createUpdate(
                        "update safety_flag set passed_at = :now, passed_to = :to where assessment_id = :assessment")
                .bind("now", now)
                .bind("to", to)
                .bind("assessment", assessment)
                .execute();
    }

    /** False when somebody was faster. */
    static boolean acknowledge(Transaction tx, Assessment assessment, SafetyFlag.Acknowledged seen) {
        var seal = tx.sealOf(assessment.patient().toString());
        return tx.handle()
                .createUpdate("""
                        update safety_flag set acknowledged_at = :at, acknowledged_by = :by, note = :note
                        where assessment_id = :assessment and acknowledged_at is null""")
                .bind("at", seen.at())
                .bind("by", seen.by())
                .bind("note", seal.seal(Cell.of(TABLE, "note", assessment.id()), seen.note()))
                .bind("assessment", assessment.id())
                .execute() == 1;
    }
}

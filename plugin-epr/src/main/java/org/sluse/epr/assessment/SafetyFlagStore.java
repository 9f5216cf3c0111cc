// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
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
                                acknowledged_at = null, acknowledged_by = null, note = null""")
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
        return new SafetyFlag(assessment, row.getString("link_id"),
                seal.open(Cell.of(TABLE, "code", assessment), row.getString("code")),
                row.getTimestamp("raised_at").toInstant(), acknowledged(row, assessment, seal));
    }

    private static Optional<SafetyFlag.Acknowledged> acknowledged(ResultSet row, UUID assessment, PersonSeal seal)
            throws SQLException {
        var at = Optional.ofNullable(row.getTimestamp("acknowledged_at")).map(Timestamp::toInstant);
        var by = row.getString("acknowledged_by");
        var note = row.getString("note");
        return at.map(when -> new SafetyFlag.Acknowledged(when, by,
                seal.open(Cell.of(TABLE, "note", assessment), note)));
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

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Safety flags as rows. Works in whatever transaction the handle has. */
final class SafetyFlagStore {

    private SafetyFlagStore() {}

    static void raise(Handle handle, UUID assessment, Answer.Chosen answer, Instant now) {
        handle.createUpdate(
                """
                        insert into safety_flag (assessment_id, link_id, code, raised_at) values (:assessment, :item, :code, :now)
                        on conflict (assessment_id) do update set code = excluded.code, raised_at = excluded.raised_at,
                        acknowledged_at = null, acknowledged_by = null, note = null""")
                .bind("assessment", assessment)
                .bind("item", answer.linkId())
                .bind("code", answer.code())
                .bind("now", now)
                .execute();
    }

    static Optional<SafetyFlag> find(Handle handle, UUID assessment) {
        return handle.createQuery("select * from safety_flag where assessment_id = :assessment")
                .bind("assessment", assessment)
                .map((row, ctx) -> new SafetyFlag(row.getObject("assessment_id", UUID.class), row.getString("link_id"),
                        row.getString("code"),
                        row.getTimestamp("raised_at").toInstant(), acknowledged(row)))
                .findOne();
    }

    private static Optional<SafetyFlag.Acknowledged> acknowledged(ResultSet row) throws SQLException {
        var at = Optional.ofNullable(row.getTimestamp("acknowledged_at")).map(Timestamp::toInstant);
        var by = row.getString("acknowledged_by");
        var note = row.getString("note");
        return at.map(when -> new SafetyFlag.Acknowledged(when, by, note));
    }

    /** False when somebody was faster. */
    static boolean acknowledge(Handle handle, UUID assessment, SafetyFlag.Acknowledged seen) {
        return handle.createUpdate("""
                update safety_flag set acknowledged_at = :at, acknowledged_by = :by, note = :note
                where assessment_id = :assessment and acknowledged_at is null""")
                .bind("at", seen.at())
                .bind("by", seen.by())
                .bind("note", seen.note())
                .bind("assessment", assessment)
                .execute() == 1;
    }
}

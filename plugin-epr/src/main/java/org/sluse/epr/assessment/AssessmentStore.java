// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sluse.epr.assessment.Assessment.State;

/** Assessments and answers as rows. Works in whatever transaction the handle has. */
final class AssessmentStore {

    private AssessmentStore() {}

    static void insert(Handle handle, Assessment assessment) {
        handle.createUpdate(
                """
                        insert into assessment (id, patient_id, instrument, instrument_version, language, practitioner, state, assigned_at, expires_at)
                        values (:id, :patient, :instrument, :version, :language, :practitioner, :state, :assigned, :expires)""")
                .bind("id", assessment.id())
                .bind("patient", assessment.patient())
                .bind("instrument", assessment.instrument().id())
                .bind("version", assessment.instrument().version())
                .bind("language", assessment.language())
                .bind("practitioner", assessment.practitioner())
                .bind("state", assessment.state().name())
                .bind("assigned", assessment.assignedAt())
                .bind("expires", assessment.expiresAt())
                .execute();
    }

    static Optional<Assessment> find(Handle handle, UUID id) {
        return read(handle, handle.createQuery("select * from assessment where id = :id").bind("id", id)).stream()
                .findFirst();
    }

    /** The same, and nobody else changes it until this transaction ends. */
    static Optional<Assessment> lock(Handle handle, UUID id) {
        return read(handle, handle.createQuery("select * from assessment where id = :id for update").bind("id", id))
                .stream()
                .findFirst();
    }

    static List<Assessment> ofPatient(Handle handle, UUID patient) {
        return read(handle,
                handle.createQuery("select * from assessment where patient_id = :patient order by assigned_at desc, id")
                        .bind("patient", patient));
    }

    static List<Assessment> withOpenFlags(Handle handle, String practitioner) {
        return read(handle,
                handle.createQuery(
                        """
                                select assessment.* from assessment join safety_flag on safety_flag.assessment_id = assessment.id and safety_flag.acknowledged_at is null
                                join treatment on treatment.patient_id = assessment.patient_id and treatment.practitioner = :practitioner
                                order by safety_flag.raised_at""")
                        .bind("practitioner", practitioner));
    }

    private static List<Assessment> read(Handle handle, Query query) {
        var found = query.map((row, ctx) -> assessment(row)).list();
        if (found.isEmpty()) {
            return found;
        }
        Map<UUID, List<Answer>> answers = new HashMap<>();
        handle.createQuery("select * from answer where assessment_id = any(:ids)")
                .bindArray("ids", UUID.class, found.stream().map(Assessment::id).toList())
                .map((row, ctx) -> answers
                        .computeIfAbsent(row.getObject("assessment_id", UUID.class), id -> new ArrayList<>())
                        .add(answer(row)))
                .list();
        return found.stream().map(one -> with(one, answers.getOrDefault(one.id(), new ArrayList<>()))).toList();
    }

    private static Assessment with(Assessment one, List<Answer> answers) {
        var order = one.instrument().items().stream().map(Instrument.Item::linkId).toList();
        answers.sort(Comparator.comparingInt(answer -> order.indexOf(answer.linkId())));
        return new Assessment(one.id(), one.patient(), one.instrument(), one.language(), one.practitioner(),
                one.state(), one.assignedAt(), one.expiresAt(),
                one.savedAt(), one.completedAt(), answers);
    }

    static void save(Handle handle, UUID assessment, Answer answer, Instant now) {
        var code = answer instanceof Answer.Chosen chosen ? chosen.code() : null;
        handle.createUpdate("""
                insert into answer (assessment_id, link_id, code) values (:assessment, :item, :code)
                on conflict (assessment_id, link_id) do update set code = excluded.code""")
                .bind("assessment", assessment)
                .bind("item", answer.linkId())
                .bind("code", code)
                .execute();
        handle.createUpdate("update assessment set state = 'DRAFT', saved_at = :now where id = :id")
                .bind("now", now)
                .bind("id", assessment)
                .execute();
    }

    static void complete(Handle handle, UUID assessment, Instant now) {
        handle.createUpdate("update assessment set state = 'COMPLETED', completed_at = :now where id = :id")
                .bind("now", now)
                .bind("id", assessment)
                .execute();
    }

    static void withdraw(Handle handle, UUID assessment) {
        handle.createUpdate("update assessment set state = 'WITHDRAWN' where id = :id")
                .bind("id", assessment)
                .execute();
    }

    private static Assessment assessment(ResultSet row) throws SQLException {
        var instrument = row.getString("instrument");
        var version = row.getString("instrument_version");
        return new Assessment(row.getObject("id", UUID.class), row.getObject("patient_id", UUID.class),
                Instruments.find(instrument, version)
                        .orElseThrow(() -> new IllegalStateException("No version '" + version + "' of instrument '"
                                + instrument + "' is known; right would be to keep each that was ever asked")),
                row.getString("language"), row.getString("practitioner"), State.valueOf(row.getString("state")),
                row.getTimestamp("assigned_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(), instant(row.getTimestamp("saved_at")),
                instant(row.getTimestamp("completed_at")), List.of());
    }

    private static Answer answer(ResultSet row) throws SQLException {
        var linkId = row.getString("link_id");
        var code = row.getString("code");
        return code == null ? new Answer.Declined(linkId) : new Answer.Chosen(linkId, code);
    }

    private static Optional<Instant> instant(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}

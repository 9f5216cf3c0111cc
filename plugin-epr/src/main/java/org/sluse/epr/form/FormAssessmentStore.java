// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sluse.data.Cell;
import org.sluse.data.Transaction;
import org.sluse.epr.assessment.Assessment.State;

/** Forms of patients as rows; what was answered is sealed. */
final class FormAssessmentStore {

    /** Columns of both tables that have the same name are apart. */
    private static final String SELECT = """
            select form.*, own.id as own_id, own.patient_id, own.language, own.practitioner, own.state, own.assigned_at, own.expires_at, own.saved_at, own.completed_at,
                own.version as own_version, own.answered, own.asked
            from form_assessment own join form on form.id = own.form_id""";

    private FormAssessmentStore() {}

    /** @param response with what the form begins with */
    static void insert(Transaction tx, FormAssessment one, String response) {
        tx.handle()
                .createUpdate(
                        """
                                insert into form_assessment (id, patient_id, form_id, language, practitioner, state, assigned_at, expires_at, version, answered, asked, response)
                                values (:id, :patient, :form, :language, :practitioner, :state, :assigned, :expires, :version, :answered, :asked, :response)""")
                .bind("id", one.id())
                .bind("patient", one.patient())
                .bind("form", one.form().id())
                .bind("language", one.language())
                .bind("practitioner", one.practitioner())
                .bind("state", one.state().name())
                .bind("assigned", one.assignedAt())
                .bind("expires", one.expiresAt())
                .bind("version", one.version())
                .bind("answered", one.answered())
                .bind("asked", one.asked())
                .bind("response", sealed(tx, one, response))
                .execute();
    }

    static Optional<FormAssessment> find(Transaction tx, UUID id) {
        return read(tx.handle().createQuery(SELECT + " where own.id = :id").bind("id", id)).stream().findFirst();
    }

    /** The same, and nobody else changes it until this transaction ends. */
    static Optional<FormAssessment> lock(Transaction tx, UUID id) {
        return read(tx.handle().createQuery(SELECT + " where own.id = :id for update of own").bind("id", id)).stream()
                .findFirst();
    }

    /** The latest first. */
    static List<FormAssessment> ofPatient(Transaction tx, UUID patient) {
        return read(tx.handle()
                .createQuery(SELECT + " where own.patient_id = :patient order by own.assigned_at desc, own.id")
                .bind("patient", patient));
    }

    /** A QuestionnaireResponse as JSON. */
    static String response(Transaction tx, FormAssessment one) {
        var text = tx.handle()
                .createQuery("select response from form_assessment where id = :id")
                .bind("id", one.id())
                .mapTo(String.class)
                .one();
        return tx.sealOf(one.patient().toString()).open(responseOf(one.id()), text);
    }

    /** @param one as it is from now on */
    static void update(Transaction tx, FormAssessment one, String response) {
        tx.handle()
                .createUpdate(
                        """
                                update form_assessment set state = :state, saved_at = :saved, completed_at = :completed, version = :version, answered = :answered, asked = :asked,
                                response = :response where id = :id""")
                .bind("id", one.id())
                .bind("state", one.state().name())
                .bind("saved", one.savedAt().orElse(null))
                .bind("completed", one.completedAt().orElse(null))
                .bind("version", one.version())
                .bind("answered", one.answered())
                .bind("asked", one.asked())
                .bind("response", sealed(tx, one, response))
                .execute();
    }

    static void withdraw(Transaction tx, UUID id) {
        tx.handle()
                .createUpdate("update form_assessment set state = 'WITHDRAWN' where id = :id")
                .bind("id", id)
                .execute();
    }

    private static String sealed(Transaction tx, FormAssessment one, String response) {
        return tx.sealOf(one.patient().toString()).seal(responseOf(one.id()), response);
    }

    private static Cell responseOf(UUID id) {
        return Cell.of("form_assessment", "response", id);
    }

    private static List<FormAssessment> read(Query query) {
        return query.map((row, ctx) -> assessment(row)).list();
    }

    private static FormAssessment assessment(ResultSet row) throws SQLException {
        return new FormAssessment(row.getObject("own_id", UUID.class), row.getObject("patient_id", UUID.class),
                FormStore.form(row), row.getString("language"), row.getString("practitioner"),
                State.valueOf(row.getString("state")), row.getTimestamp("assigned_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(), instant(row.getTimestamp("saved_at")),
                instant(row.getTimestamp("completed_at")), row.getInt("own_version"), row.getInt("answered"),
                row.getInt("asked"));
    }

    private static Optional<Instant> instant(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}

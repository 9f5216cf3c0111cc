// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.epr.Clinic;
import org.sluse.epr.EprPlugin;
import org.sluse.epr.assessment.Instruments;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.subject.SubjectData;
import org.sluse.subject.SubjectErasure.Kept;
import org.sluse.testkit.DataMapContract;
import org.sluse.testkit.TestDatabase;

/** What the module keeps of two patients, each with a completed questionnaire that was delivered to the sandbox. On a real PostgreSQL. */
class PatientSubjectsTest extends DataMapContract {

    PatientSubjectsTest() {
        super(new EprPlugin());
    }

    @Override
    protected SubjectData subjects(TestDatabase database) {
        var clinic = new Clinic(database);
        return new PatientSubjects(database, clinic.patients, clinic.assessments, () -> Clinic.SETTINGS);
    }

    @Override
    protected String person(Handle handle, int number) {
        var patient = UUID.randomUUID();
        var assessment = UUID.randomUUID();
        var delivery = UUID.randomUUID();
        handle.execute("insert into patient values (?, ?, ?, now())", patient, "N-" + number, "Patient " + number);
        handle.execute("insert into treatment values (?, 'practitioner-1', now())", patient);
        handle.execute(
                """
                        insert into assessment (id, patient_id, instrument, instrument_version, language, practitioner, state, assigned_at, expires_at, completed_at)
                        values (?, ?, 'gad-7', '1.0.0', 'en', 'practitioner-1', 'COMPLETED', now(), now(), now())""",
                assessment, patient);
        var code = Instruments.GAD_7.choices().getFirst().code();
        Instruments.GAD_7.items()
                .forEach(
                        item -> handle.execute("insert into answer values (?, ?, ?)", assessment, item.linkId(), code));
        handle.execute("insert into safety_flag values (?, ?, ?, now())", assessment,
                Instruments.GAD_7.items().getFirst().linkId(), code);
        handle.execute(
                "insert into delivery (id, assessment_id, patient_id, state, attempts, next_attempt_at, sent_number) values (?, ?, ?, 'DELIVERED', 1, now(), ?)",
                delivery, assessment, patient, "old-" + number);
        handle.execute("insert into delivery_event (delivery_id, at, what) values (?, now(), 'accepted')", delivery);
        stored(handle, "Patient", "p" + number, "identifier", "old-" + number);
        stored(handle, "QuestionnaireResponse", "r" + number, "subject", "Patient/p" + number);
        stored(handle, "Observation", "o" + number, "subject", "Patient/p" + number);
        stored(handle, "Provenance", "v" + number, "target", "QuestionnaireResponse/r" + number);
        return patient.toString();
    }

    private static void stored(Handle handle, String type, String id, String parameter, String value) {
        handle.execute("insert into sandbox_version values (?, ?, 1, now(), '{}')", type, id);
        handle.execute("insert into sandbox_index values (?, ?, ?, ?)", type, id, parameter, value);
    }

    @Test
    void a_patient_is_found_by_the_clinics_number_in_full_and_by_the_internal_id() {
        var database = TestDatabase.with("epr");
        var patient = add(database);
        var subjects = subjects(database);

        assertThat(subjects.export("N-4")).isEqualTo(subjects.export(patient));
        assertThat(subjects.export("N-").isNothing()).isTrue();
        assertThat(subjects.export("Patient 4").isNothing()).isTrue();
    }

    @Test
    void what_is_completed_is_given_as_fhir_too() {
        var database = TestDatabase.with("epr");

        assertThat(subjects(database).export(add(database)).fhir()).hasSize(2)
                .anySatisfy(one -> assertThat(one).contains("\"resourceType\":\"QuestionnaireResponse\"", "N-4"))
                .anySatisfy(one -> assertThat(one).contains("\"resourceType\":\"Observation\""));
    }

    @Test
    void what_somebody_elses_record_has_stays_there_and_is_told() {
        var database = TestDatabase.with("epr");
        var patient = add(database);
        execute(database, "delete from sandbox_index");
        execute(database, "delete from sandbox_version");

        assertThat(subjects(database).erase(patient, true).kept())
                .containsExactly(new Kept(1, "subject.delivered", "subject.delivered-why"));
    }

    @Test
    void a_result_that_is_on_its_way_at_this_moment_is_waited_for() {
        var database = TestDatabase.with("epr");
        var patient = add(database);
        execute(database, "update delivery set state = 'SENDING'");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> subjects(database).erase(patient, false))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.CONFLICT));
        assertThat(subjects(database).export(patient).isNothing()).isFalse();
    }

    @Test
    void reading_and_erasing_are_in_the_trail_about_the_patient_and_the_number_is_not() {
        var database = TestDatabase.with("epr");
        var patient = add(database);

        subjects(database).export("N-4");
        subjects(database).erase("N-4", false);

        assertThat(database.audit()).contains(AuditEntry.read("Patient", patient).about(patient),
                AuditEntry.of(AuditAction.DELETE, "Patient", patient).about(patient));
        assertThat(database.audit().toString()).doesNotContain("N-4");
    }

    private String add(TestDatabase database) {
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Patient", "*"), tx -> person(tx.handle(), 4));
    }

    private static void execute(TestDatabase database, String statement) {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Test", "*"), tx -> tx.handle().execute(statement));
    }
}

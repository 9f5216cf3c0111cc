// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.Cell;
import org.sluse.data.PersonSeal;
import org.sluse.data.Transaction;
import org.sluse.epr.Clinic;
import org.sluse.epr.EprPlugin;
import org.sluse.epr.assessment.AssessmentsAtHand;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.subject.SubjectData;
import org.sluse.subject.SubjectErasure.Kept;
import org.sluse.subject.SubjectExport;
import org.sluse.testkit.DataMapContract;
import org.sluse.testkit.TestDatabase;

/** What the module keeps of two patients, each with a completed questionnaire that was delivered to the sandbox. On a real PostgreSQL. */
class PatientSubjectsTest extends DataMapContract {

    private static final String SYSTEM = Clinic.SETTINGS.patientIdentifierSystem();

    PatientSubjectsTest() {
        super(new EprPlugin());
    }

    @Override
    protected SubjectData subjects(TestDatabase database) {
        var clinic = new Clinic(database);
        return new PatientSubjects(database, clinic.patients, clinic.assessments, clinic.formAssessments,
                database.settings(Clinic.SETTINGS));
    }

    @Override
    protected String person(Transaction tx, int number) {
        var handle = tx.handle();
        var patient = UUID.randomUUID();
        var assessment = UUID.randomUUID();
        var delivery = UUID.randomUUID();
        var seal = tx.sealOf(patient.toString());
        handle.execute("insert into patient (id, number, number_index, name, since) values (?, ?, ?, ?, now())",
                patient, seal.seal(Cell.of("patient", "number", patient), "N-" + number),
                tx.indexOf("patient", "number", "N-" + number),
                seal.seal(Cell.of("patient", "name", patient), "Patient " + number));
        handle.execute("insert into earlier_patient values (?, 1, ?, ?, now(), 'practitioner-1')", patient,
                seal.seal(Cell.of("earlier_patient", "number", patient, 1), "M-" + number),
                seal.seal(Cell.of("earlier_patient", "name", patient, 1), "Patiemt " + number));
        handle.execute("insert into treatment values (?, 'practitioner-1', now())", patient);
        handle.execute(
                """
                        insert into assessment (id, patient_id, instrument, instrument_version, language, practitioner, state, assigned_at, expires_at, completed_at)
                        values (?, ?, 'gad-7', '1.0.0', 'en', 'practitioner-1', 'COMPLETED', now(), now(), now())""",
                assessment, patient);
        var gad7 = AssessmentsAtHand.instrument("gad-7");
        var code = gad7.items().getFirst().choices().getFirst().code().code();
        gad7.items()
                .forEach(
                        item -> handle.execute("insert into answer values (?, ?, ?)", assessment, item.linkId(),
                                seal.seal(Cell.of("answer", "code", assessment, item.linkId()), code)));
        handle.execute("insert into safety_flag values (?, ?, ?, now())", assessment,
                gad7.items().getFirst().linkId(),
                seal.seal(Cell.of("safety_flag", "code", assessment), code));
        handle.execute(
                """
                        insert into delivery (id, assessment_id, patient_id, state, attempts, next_attempt_at, location)
                        values (?, ?, ?, 'DELIVERED', 1, now(), ?)""",
                delivery, assessment, patient, "Observation/o" + number);
        sentAs(tx, patient, "old-" + number);
        form(handle, seal, patient);
        handle.execute("insert into delivery_event (delivery_id, at, what) values (?, now(), 'accepted')", delivery);
        stored(handle, "Patient", "p" + number, "identifier", SYSTEM + "|old-" + number);
        stored(handle, "QuestionnaireResponse", "r" + number, "subject", "Patient/p" + number);
        stored(handle, "Observation", "o" + number, "subject", "Patient/p" + number);
        indexed(handle, "Observation", "o" + number, "derived-from", "QuestionnaireResponse/r" + number);
        stored(handle, "Provenance", "v" + number, "target", "QuestionnaireResponse/r" + number);
        return patient.toString();
    }

    private static void form(Handle handle, PersonSeal seal, UUID patient) {
        var form = UUID.randomUUID();
        var assessment = UUID.randomUUID();
        handle.execute(
                """
                        insert into form (id, url, version, title, languages, questions, content, imported_at, imported_by)
                        values (?, 'https://clinic.example/f', ?, 'A form', '{en}', 1, '{"resourceType": "Questionnaire"}', now(), 'administrator-1')""",
                form, form.toString());
        handle.execute(
                """
                        insert into form_assessment values (?, ?, ?, 'en', 'practitioner-1', 'COMPLETED', now(), now(), now(), now(), 1, 1, 1, ?)""",
                assessment, patient, form, seal.seal(Cell.of("form_assessment", "response", assessment),
                        "{\"resourceType\": \"QuestionnaireResponse\", \"status\": \"completed\"}"));
    }

    /** Every delivery of the patient. */
    private static void sentAs(Transaction tx, UUID patient, String number) {
        var seal = tx.sealOf(patient.toString());
        tx.handle()
                .createQuery("select id from delivery where patient_id = :patient")
                .bind("patient", patient)
                .mapTo(UUID.class)
                .list()
                .forEach(delivery -> tx.handle()
                        .execute("update delivery set sent_number = ?, sent_number_index = ? where id = ?",
                                seal.seal(Cell.of("delivery", "sent_number", delivery), number),
                                tx.indexOf("delivery", "sent_number", number), delivery));
    }

    private static void numbered(Transaction tx, UUID patient, String number) {
        tx.handle()
                .execute("update patient set number = ?, number_index = ? where id = ?",
                        tx.sealOf(patient.toString()).seal(Cell.of("patient", "number", patient), number),
                        tx.indexOf("patient", "number", number), patient);
    }

    private static void stored(Handle handle, String type, String id, String parameter, String value) {
        handle.execute("insert into sandbox_version values (?, ?, 1, now(), '{}')", type, id);
        indexed(handle, type, id, parameter, value);
    }

    private static void indexed(Handle handle, String type, String id, String parameter, String value) {
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

        assertThat(subjects(database).export(add(database)).fhir()).hasSize(3)
                .anySatisfy(one -> assertThat(one).contains("https://clinic.example/f|", "N-4"))
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
    void what_somebody_elses_record_has_is_told_though_the_sandbox_was_tried_first() {
        var database = TestDatabase.with("epr");
        var patient = add(database);
        assertThat(subjects(database).erase(patient, true).kept()).isEmpty();
        execute(database,
                """
                        insert into assessment (id, patient_id, instrument, instrument_version, language, practitioner, state, assigned_at, expires_at)
                        select gen_random_uuid(), id, 'gad-7', '1.0.0', 'en', 'practitioner-1', 'ASSIGNED', now(), now() from patient""");
        execute(database,
                """
                        insert into delivery (id, assessment_id, patient_id, state, attempts, next_attempt_at, location)
                        select gen_random_uuid(), id, patient_id, 'DELIVERED', 1, now(), 'Observation/17' from assessment where state = 'ASSIGNED'""");

        assertThat(subjects(database).erase(patient, true).kept())
                .containsExactly(new Kept(1, "subject.delivered", "subject.delivered-why"));
    }

    @Test
    void a_number_that_is_now_somebody_elses_leads_to_nothing_of_theirs() {
        var database = TestDatabase.with("epr");
        var mistyped = add(database, 4);
        var rightful = takingTheNumber(database, "old-4");
        var subjects = subjects(database);

        assertThat(inSandbox(subjects.export(mistyped))).containsExactlyInAnyOrder("r4", "o4", "v4");
        assertThat(inSandbox(subjects.export(rightful))).containsExactlyInAnyOrder("p4", "r5", "o5", "v5");
    }

    @Test
    void a_number_of_somebody_who_was_never_sent_leads_to_nothing_of_theirs_either() {
        var database = TestDatabase.with("epr");
        var mistyped = add(database, 4);
        var rightful = add(database, 5);
        changing(database, tx -> {
            numbered(tx, UUID.fromString(rightful), "old-4");
            tx.handle().execute("delete from delivery where patient_id = ?", UUID.fromString(rightful));
        });

        assertThat(inSandbox(subjects(database).export(mistyped))).containsExactlyInAnyOrder("r4", "o4", "v4");
    }

    @Test
    void erasing_one_of_two_who_were_sent_with_one_number_leaves_everything_of_the_other() {
        var first = TestDatabase.with("epr");
        var mistyped = add(first, 4);
        var rightful = takingTheNumber(first, "old-4");
        var ofRightful = subjects(first).export(rightful);
        subjects(first).erase(mistyped, false);
        assertThat(subjects(first).export(rightful)).isEqualTo(ofRightful);

        var second = TestDatabase.with("epr");
        var stays = add(second, 4);
        var goes = takingTheNumber(second, "old-4");
        var ofStaying = subjects(second).export(stays);
        subjects(second).erase(goes, false);
        assertThat(subjects(second).export(stays)).isEqualTo(ofStaying);
    }

    @Test
    void a_number_that_two_were_sent_with_and_neither_has_leads_to_what_is_ones_own() {
        var database = TestDatabase.with("epr");
        var mistyped = add(database, 4);
        var likewise = takingTheNumber(database, "old-4");
        changing(database, tx -> numbered(tx, UUID.fromString(likewise), "N-5"));

        assertThat(inSandbox(subjects(database).export(mistyped))).containsExactlyInAnyOrder("r4", "o4", "v4");
        assertThat(inSandbox(subjects(database).export(likewise))).containsExactlyInAnyOrder("r5", "o5", "v5");
    }

    @Test
    void somebody_who_has_the_number_elsewhere_is_somebody_else() {
        var database = TestDatabase.with("epr");
        var patient = add(database);
        execute(database, "insert into sandbox_version values ('Patient', 'stranger', 1, now(), '{}')");
        execute(database,
                "insert into sandbox_index values ('Patient', 'stranger', 'identifier', 'N-4'), ('Patient', 'stranger', 'identifier', 'https://elsewhere.example|N-4')");

        assertThat(inSandbox(subjects(database).export(patient))).containsExactlyInAnyOrder("p4", "r4", "o4", "v4");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_result_that_is_on_its_way_at_this_moment_is_waited_for(boolean dryRun) {
        var database = TestDatabase.with("epr");
        var patient = add(database);
        execute(database, "update delivery set state = 'SENDING'");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> subjects(database).erase(patient, dryRun))
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
        return add(database, 4);
    }

    private String add(TestDatabase database, int number) {
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Patient", "*"),
                tx -> person(tx, number));
    }

    /** A patient 5 who has the number that patient 4 was sent with by mistake, so that both lie under one person of the sandbox. */
    private String takingTheNumber(TestDatabase database, String number) {
        var patient = add(database, 5);
        changing(database, tx -> {
            numbered(tx, UUID.fromString(patient), number);
            sentAs(tx, UUID.fromString(patient), number);
        });
        execute(database, "delete from sandbox_version where type = 'Patient' and id = 'p5'");
        execute(database, "delete from sandbox_index where type = 'Patient' and id = 'p5'");
        execute(database, "update sandbox_index set value = 'Patient/p4' where value = 'Patient/p5'");
        return patient;
    }

    private static void changing(TestDatabase database, Consumer<Transaction> change) {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Patient", "*"), tx -> {
            change.accept(tx);
            return true;
        });
    }

    private static List<String> inSandbox(SubjectExport export) {
        return export.parts()
                .stream()
                .filter(part -> part.table().equals("sandbox_version"))
                .flatMap(part -> part.rows().stream())
                .map(row -> row.get("id"))
                .toList();
    }

    private static void execute(TestDatabase database, String statement) {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Test", "*"), tx -> tx.handle().execute(statement));
    }
}

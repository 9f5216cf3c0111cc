// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.subject;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.epr.EprSettings;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.Assessments;
import org.sluse.epr.fhir.AssessmentResources;
import org.sluse.epr.patient.Patient;
import org.sluse.epr.patient.Patients;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.settings.Settings;
import org.sluse.subject.SubjectData;
import org.sluse.subject.SubjectErasure;
import org.sluse.subject.SubjectErasure.Kept;
import org.sluse.subject.SubjectExport;
import org.sluse.subject.SubjectExport.Part;

/** What the module keeps about one patient, by the clinic's number or the internal id: assessments, deliveries, and what the sandbox record holds of them. */
@Dependent
public final class PatientSubjects implements SubjectData {

    /** Which rows are the patient's; those further down go with those further up. */
    private static final List<Map.Entry<String, String>> TABLES = List.of(Map.entry("patient", "id = any(:ids)"),
            Map.entry("treatment", "patient_id = any(:ids)"), Map.entry("assessment", "patient_id = any(:ids)"),
            Map.entry("answer", "assessment_id in (select id from assessment where patient_id = any(:ids))"),
            Map.entry("safety_flag", "assessment_id in (select id from assessment where patient_id = any(:ids))"),
            Map.entry("delivery", "patient_id = any(:ids)"),
            Map.entry("delivery_event", "delivery_id in (select id from delivery where patient_id = any(:ids))"));

    /** Resources of the sandbox that are the patient, about the patient, or about one of those; {@code :ids} are the numbers under which it knows the patient. */
    private static final String IN_SANDBOX = """
            (type, id) in (
                with person as (
                    select type, id from sandbox_index where type = 'Patient' and parameter = 'identifier' and value = any(:ids)
                ), own as (
                    select type, id from person union
                    select about.type, about.id from sandbox_index about join person
                    on about.parameter in ('subject', 'patient') and about.value = 'Patient/' || person.id
                )
                select type, id from own union
                select about.type, about.id from sandbox_index about join own
                on about.parameter = 'target' and about.value = own.type || '/' || own.id
            )""";

    private final TenantDatabase database;
    private final Patients patients;
    private final Assessments assessments;
    private final Settings<EprSettings> settings;
    private final AssessmentResources resources = new AssessmentResources();

    @Inject
    PatientSubjects(TenantDatabase database, Patients patients, Assessments assessments,
            Settings<EprSettings> settings) {
        this.database = database;
        this.patients = patients;
        this.assessments = assessments;
        this.settings = settings;
    }

    @Override
    public SubjectExport export(String id) {
        return database.inTransaction(AuditEntry.list("Patient"), tx -> find(tx, id).map(patient -> {
            tx.record(AuditEntry.read("Patient", patient.id().toString()).about(patient.id().toString()));
            return new SubjectExport(ids(tx, patient), parts(tx, patient), fhir(tx, patient));
        }).orElse(SubjectExport.NOTHING));
    }

    @Override
    public SubjectErasure erase(String id, boolean dryRun) {
        var entry = dryRun ? AuditEntry.list("Patient") : AuditEntry.of(AuditAction.DELETE, "Patient", "*");
        return database.inTransaction(entry, tx -> find(tx, id).map(patient -> {
            var result = result(tx, patient);
            var act = dryRun ? AuditAction.READ : AuditAction.DELETE;
            tx.record(AuditEntry.of(act, "Patient", patient.id().toString()).about(patient.id().toString()));
            if (!dryRun) {
                erase(tx, patient);
            }
            return result;
        }).orElse(SubjectErasure.NOTHING));
    }

    /** What the patient and those behind a link did stands in the trail under the assessment. */
    private Set<String> ids(Transaction tx, Patient patient) {
        return Stream
                .concat(Stream.of(patient.id()),
                        assessments.ofSubject(tx, patient.id()).stream().map(Assessment::id))
                .map(UUID::toString)
                .collect(Collectors.toSet());
    }

    private Optional<Patient> find(Transaction tx, String id) {
        return patients.ofSubject(tx, id.strip());
    }

    private SubjectErasure result(Transaction tx, Patient patient) {
        Map<String, Integer> rows = new HashMap<>();
        parts(tx, patient).stream()
                .filter(part -> !part.rows().isEmpty())
                .forEach(part -> rows.put(part.table(), part.rows().size()));
        // In the sandbox the copies are ours to erase.
        var elsewhere = rows.containsKey("sandbox_version") ? 0 : delivered(tx.handle(), patient.id());
        return new SubjectErasure(ids(tx, patient), rows,
                elsewhere == 0
                        ? List.of()
                        : List.of(new Kept(elsewhere, "subject.delivered", "subject.delivered-why")));
    }

    private void erase(Transaction tx, Patient patient) {
        if (states(tx.handle(), patient.id()).contains("SENDING")) {
            throw new ProblemException(Problem.CONFLICT,
                    "A result of this patient is on its way to the record; right would be to try again in a minute");
        }
        var numbers = numbers(tx.handle(), patient);
        List.of("sandbox_version", "sandbox_index")
                .forEach(table -> tx.handle()
                        .createUpdate("delete from " + table + " where " + IN_SANDBOX)
                        .bindArray("ids", String.class, numbers)
                        .execute());
        assessments.withdrawLinks(tx, patient.id());
        patients.erase(tx, patient.id());
    }

    private static List<Part> parts(Transaction tx, Patient patient) {
        var numbers = numbers(tx.handle(), patient);
        return Stream.concat(
                TABLES.stream()
                        .map(one -> Part.read(tx.handle(), one.getKey(), one.getValue(), UUID.class,
                                List.of(patient.id()))),
                Stream.of("sandbox_version", "sandbox_index")
                        .map(table -> Part.read(tx.handle(), table, IN_SANDBOX, String.class, numbers)))
                .toList();
    }

    /** Those of now and those that something was sent with. */
    private static List<String> numbers(Handle handle, Patient patient) {
        return handle.createQuery("""
                select cast(:number as text) union
                select sent_number from delivery where patient_id = :id and sent_number is not null""")
                .bind("number", patient.number())
                .bind("id", patient.id())
                .mapTo(String.class)
                .list();
    }

    private static int delivered(Handle handle, UUID patient) {
        return (int) states(handle, patient).stream()
                .filter(state -> state.equals("DELIVERED") || state.equals("UNKNOWN"))
                .count();
    }

    /** Nobody begins to send meanwhile. */
    private static List<String> states(Handle handle, UUID patient) {
        return handle.createQuery("select state from delivery where patient_id = :id for update")
                .bind("id", patient)
                .mapTo(String.class)
                .list();
    }

    private List<String> fhir(Transaction tx, Patient patient) {
        var system = settings.get().patientIdentifierSystem();
        return assessments.ofSubject(tx, patient.id())
                .stream()
                .filter(one -> one.state() == Assessment.State.COMPLETED)
                .flatMap(one -> resources.of(one, system, patient.number()).stream())
                .toList();
    }
}

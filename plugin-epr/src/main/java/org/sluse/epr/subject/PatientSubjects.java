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
import org.sluse.data.Cell;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.epr.EprData;
import org.sluse.epr.EprSettings;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.Assessments;
import org.sluse.epr.fhir.AssessmentResources;
import org.sluse.epr.form.FormAssessment;
import org.sluse.epr.form.FormAssessments;
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

    /** @param condition which rows are the patient's @param key the columns of the primary key */
    private record Table(String name, String condition, List<String> key) {

        Part of(Transaction tx, UUID patient) {
            return Part.read(tx.handle(), name, condition, UUID.class, List.of(patient))
                    .opened(tx.sealOf(patient.toString()), EprData.MAP.find(name).orElseThrow(), key);
        }
    }

    /** Those further down go with those further up. */
    private static final List<Table> TABLES = List.of(new Table("patient", "id = any(:ids)", List.of("id")),
            new Table("earlier_patient", "patient_id = any(:ids)", List.of("patient_id", "version")),
            new Table("treatment", "patient_id = any(:ids)", List.of("patient_id", "practitioner")),
            new Table("assessment", "patient_id = any(:ids)", List.of("id")),
            new Table("answer", "assessment_id in (select id from assessment where patient_id = any(:ids))",
                    List.of("assessment_id", "link_id")),
            new Table("safety_flag", "assessment_id in (select id from assessment where patient_id = any(:ids))",
                    List.of("assessment_id")),
            new Table("form_assessment", "patient_id = any(:ids)", List.of("id")),
            new Table("delivery", "patient_id = any(:ids)", List.of("id")),
            new Table("delivery_event", "delivery_id in (select id from delivery where patient_id = any(:ids))",
                    List.of("delivery_id", "position")));

    /** Numbers under which only this patient was sent. */
    private static final String SENT_NUMBERS = """
            select id, sent_number from delivery own where patient_id = :patient and sent_number is not null
            and not exists (select 1 from delivery where sent_number_index = own.sent_number_index and patient_id <> :patient)""";

    /**
     * Places in the sandbox, as {@code type/id}, that are the patient, about the patient, or about one of those. A number that the patient was sent with by mistake leads to the record of whoever has it
     * now, or was sent with it too: under such a number only what was delivered of the patient is the patient's. What was delivered of others is theirs, under whichever number it lies.
     */
    private static final String IN_SANDBOX = """
            with found as (
                select type || '/' || id as place, parameter, value from sandbox_index
            ), person as (
                select place from found where parameter = 'identifier' and value = any(:tokens) and place like 'Patient/%'
            ), derived as (
                select place, value as source from found where parameter = 'derived-from'
            ), result as (
                select location as place, patient_id from delivery where location is not null union
                select source, patient_id from derived join delivery on location = place union
                select place, patient_id from derived join delivery on location = source
            ), own as (
                select place from person union
                select found.place from found join person on parameter in ('subject', 'patient') and value = person.place union
                select place from result where patient_id = :patient except
                select place from result where patient_id <> :patient
            )
            select distinct type || '/' || id from sandbox_version where type || '/' || id in (
                select place from own union
                select found.place from found join own on parameter = 'target' and value = own.place
            )""";

    private static final String AT_PLACES = "type || '/' || id = any(:ids)";

    private final TenantDatabase database;
    private final Patients patients;
    private final Assessments assessments;
    private final FormAssessments forms;
    private final Settings<EprSettings> settings;
    private final AssessmentResources resources = new AssessmentResources();

    @Inject
    PatientSubjects(TenantDatabase database, Patients patients, Assessments assessments, FormAssessments forms,
            Settings<EprSettings> settings) {
        this.database = database;
        this.patients = patients;
        this.assessments = assessments;
        this.forms = forms;
        this.settings = settings;
    }

    @Override
    public SubjectExport export(String id) {
        var system = settings.get().patientIdentifierSystem();
        return database.inTransaction(AuditEntry.list("Patient"), tx -> find(tx, id).map(patient -> {
            tx.record(AuditEntry.read("Patient", patient.id().toString()).about(patient.id().toString()));
            var sandbox = inSandbox(tx, patient, system);
            return new SubjectExport(ids(tx, patient), parts(tx, patient, sandbox), fhir(tx, patient, system));
        }).orElse(SubjectExport.NOTHING));
    }

    @Override
    public SubjectErasure erase(String id, boolean dryRun) {
        var system = settings.get().patientIdentifierSystem();
        var entry = dryRun ? AuditEntry.list("Patient") : AuditEntry.of(AuditAction.DELETE, "Patient", "*");
        return database.inTransaction(entry, tx -> {
            if (!dryRun) {
                Patients.alone(tx);
            }
            return find(tx, id).map(patient -> erased(tx, patient, system, dryRun)).orElse(SubjectErasure.NOTHING);
        });
    }

    private SubjectErasure erased(Transaction tx, Patient patient, String system, boolean dryRun) {
        requireNoneUnderWay(tx.handle(), patient);
        var sandbox = inSandbox(tx, patient, system);
        var result = result(tx, patient, sandbox);
        var act = dryRun ? AuditAction.READ : AuditAction.DELETE;
        tx.record(AuditEntry.of(act, "Patient", patient.id().toString()).about(patient.id().toString()));
        if (!dryRun) {
            erase(tx, patient, sandbox);
        }
        return result;
    }

    /** What the patient and those behind a link did stands in the trail under the assessment. */
    private Set<String> ids(Transaction tx, Patient patient) {
        return Stream
                .of(Stream.of(patient.id()),
                        assessments.ofSubject(tx, patient.id()).stream().map(Assessment::id),
                        forms.ofSubject(tx, patient.id()).stream().map(FormAssessment::id))
                .flatMap(each -> each)
                .map(UUID::toString)
                .collect(Collectors.toSet());
    }

    private Optional<Patient> find(Transaction tx, String id) {
        return patients.ofSubject(tx, id.strip());
    }

    private SubjectErasure result(Transaction tx, Patient patient, List<String> sandbox) {
        Map<String, Integer> rows = new HashMap<>();
        parts(tx, patient, sandbox).stream()
                .filter(part -> !part.rows().isEmpty())
                .forEach(part -> rows.put(part.table(), part.rows().size()));
        var elsewhere = elsewhere(tx.handle(), patient, sandbox);
        return new SubjectErasure(ids(tx, patient), rows,
                elsewhere == 0
                        ? List.of()
                        : List.of(new Kept(elsewhere, "subject.delivered", "subject.delivered-why")));
    }

    private void erase(Transaction tx, Patient patient, List<String> sandbox) {
        List.of("sandbox_version", "sandbox_index")
                .forEach(table -> tx.handle()
                        .createUpdate("delete from " + table + " where " + AT_PLACES)
                        .bindArray("ids", String.class, sandbox)
                        .execute());
        assessments.withdrawLinks(tx, patient.id());
        forms.withdrawLinks(tx, patient.id());
        patients.erase(tx, patient.id());
    }

    private static List<Part> parts(Transaction tx, Patient patient, List<String> sandbox) {
        return Stream.concat(
                TABLES.stream().map(one -> one.of(tx, patient.id())),
                Stream.of("sandbox_version", "sandbox_index")
                        .map(table -> Part.read(tx.handle(), table, AT_PLACES, String.class, sandbox)))
                .toList();
    }

    private List<String> inSandbox(Transaction tx, Patient patient, String system) {
        var seal = tx.sealOf(patient.id().toString());
        var sent = tx.handle()
                .createQuery(SENT_NUMBERS)
                .bind("patient", patient.id())
                .map((row, ctx) -> seal.open(Cell.of("delivery", "sent_number", row.getString("id")),
                        row.getString("sent_number")))
                .stream()
                .filter(number -> patients.hasNobodyElse(tx, number, patient.id()))
                .toList();
        return tx.handle()
                .createQuery(IN_SANDBOX)
                .bind("patient", patient.id())
                .bindArray("tokens", String.class,
                        Stream.concat(sent.stream(), Stream.of(patient.number()))
                                .map(number -> system + "|" + number)
                                .toList())
                .mapTo(String.class)
                .list();
    }

    /** How many results a record has, or may have, that is not the sandbox, whose copies are ours to erase. */
    private static int elsewhere(Handle handle, Patient patient, List<String> sandbox) {
        return handle.createQuery("""
                select count(*) from delivery where patient_id = :id and state in ('DELIVERED', 'UNKNOWN')
                and (location is null or location <> all(:sandbox))""")
                .bind("id", patient.id())
                .bindArray("sandbox", String.class, sandbox)
                .mapTo(int.class)
                .one();
    }

    /** Nobody begins to send meanwhile. */
    private static void requireNoneUnderWay(Handle handle, Patient patient) {
        var states = handle.createQuery("select state from delivery where patient_id = :id for update")
                .bind("id", patient.id())
                .mapTo(String.class)
                .list();
        if (states.contains("SENDING")) {
            throw new ProblemException(Problem.CONFLICT,
                    "A result of this patient is on its way to the record; right would be to try again in a minute");
        }
    }

    private List<String> fhir(Transaction tx, Patient patient, String system) {
        return Stream.concat(
                assessments.ofSubject(tx, patient.id())
                        .stream()
                        .filter(one -> one.state() == Assessment.State.COMPLETED)
                        .flatMap(one -> resources.of(one, system, patient.number()).stream()),
                forms.ofSubject(tx, patient.id())
                        .stream()
                        .filter(one -> one.state() == Assessment.State.COMPLETED)
                        .map(one -> resources.of(one.id(), one.form().canonical(), forms.response(tx, one), system,
                                patient.number())))
                .toList();
    }
}

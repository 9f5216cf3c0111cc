// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sluse.actor.Actor;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.Assessments;
import org.sluse.epr.assessment.AssessmentsAtHand;
import org.sluse.epr.assessment.CompletionListener;
import org.sluse.epr.form.FormAssessments;
import org.sluse.epr.form.FormListener;
import org.sluse.epr.form.Forms;
import org.sluse.epr.patient.PatientChanges;
import org.sluse.epr.patient.Patients;
import org.sluse.epr.patient.PatientsAtHand;
import org.sluse.secret.Secret;
import org.sluse.testkit.ChangeNumbersByHand;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.LinksByHand;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.TestDatabase;

/** A clinic on a real database, with a clock by hand; Practitioner 1 acts until somebody else does. */
public final class Clinic {

    public static final EprSettings SETTINGS = settings(false);

    public final TestDatabase database;
    public final KnownTenant tenant = new KnownTenant();
    public final ManualClock clock = new ManualClock();
    public final KnownIds ids = new KnownIds();
    public final LinksByHand links = new LinksByHand();
    public final List<Assessment> completed = new ArrayList<>();
    public final List<String> woken = new ArrayList<>();
    public final PatientChanges changes = new PatientChanges(new ChangeNumbersByHand(), tenant);
    public final Patients patients;
    public final Assessments assessments;
    public final Forms forms;
    public final FormAssessments formAssessments;
    /** Who hears that answers to a form have been sent. */
    public FormListener formListener = (tx, assessment, response) -> {};

    public Clinic() {
        this(TestDatabase.with("epr"));
    }

    /** @param database with the tables of the plugin */
    public Clinic(TestDatabase database) {
        this(database, (clinic, listener) -> listener);
    }

    /** @param wrap what else hears of a completion */
    public Clinic(BiFunction<Clinic, CompletionListener, CompletionListener> wrap) {
        this(TestDatabase.with("epr"), wrap);
    }

    private Clinic(TestDatabase database, BiFunction<Clinic, CompletionListener, CompletionListener> wrap) {
        this.database = database;
        patients = new Patients(database, tenant, clock, ids, changes);
        assessments = new Assessments(database, tenant, patients, links,
                wrap.apply(this, (tx, assessment) -> completed.add(assessment)), clock, ids, changes,
                woken::add);
        forms = new Forms(database, tenant, clock, ids);
        formAssessments = new FormAssessments(database, tenant, patients, links,
                (tx, assessment, response) -> formListener.completed(tx, assessment, response), clock, ids, changes);
    }

    public static EprSettings settings(boolean sandboxCreatesPatients) {
        return new EprSettings("Sandbox EPR", "This machine", "NO",
                Optional.of(URI.create("https://record.example/fhir")), Optional.of(new Secret("a-bearer")),
                "https://sluse.org/fhir/patient-number", "116 123", "112", sandboxCreatesPatients);
    }

    /** A patient whom Practitioner 1 treats. */
    public String patient(String number) {
        tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        return PatientsAtHand.add(patients, number);
    }

    /** The patient fills in PHQ-9 with these points and sends it. */
    public Assessment answered(String patient, int... points) {
        tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        var assessment = assessments.assign(patient, "phq-9", "en").assessment();
        tenant.actingAs(Actor.linkHolder(assessment.id().toString()));
        var sent = AssessmentsAtHand.answerAndSend(assessments, assessment, points);
        tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        return sent;
    }
}

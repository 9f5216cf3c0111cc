// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.epr.Clinic;
import org.sluse.epr.patient.PatientChanges.Numbers;
import org.sluse.testkit.KnownTenant;

class PatientChangesTest {

    private final Clinic clinic = new Clinic();
    private String patient = "";
    private Numbers before = new Numbers(-1, -1);

    @BeforeEach
    void a_patient() {
        patient = clinic.patient("17");
        before = clinic.changes.now();
    }

    @Test
    void a_safety_question_that_is_answered_is_another_number_for_whoever_treats_the_patient() {
        clinic.answered(patient, 0, 0, 0, 0, 0, 0, 0, 0, 1);

        assertThat(clinic.changes.now().needs()).isGreaterThan(before.needs());
        assertThat(clinic.changes.now().records()).isGreaterThan(before.records());
    }

    @Test
    void other_answers_are_news_of_the_patient_and_need_nobody() {
        clinic.answered(patient, 1, 1, 1, 1, 1, 1, 1, 1, 0);

        assertThat(clinic.changes.now().needs()).isEqualTo(before.needs());
        assertThat(clinic.changes.now().records()).isGreaterThan(before.records());
    }

    @Test
    void a_colleague_who_does_not_treat_the_patient_hears_nothing() {
        clinic.answered(patient, 0, 0, 0, 0, 0, 0, 0, 0, 3);

        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-2"));
        assertThat(clinic.changes.now()).isEqualTo(new Numbers(0, 0));
    }

    @Test
    void a_corrected_name_is_told_where_the_name_may_be_shown() {
        clinic.patients.correct(patient, PatientsAtHand.seen(1), "17", "Patient seventeen");

        assertThat(clinic.changes.now().needs()).isGreaterThan(before.needs());
    }

    @Test
    void what_rolls_back_is_not_told() {
        assertThatThrownBy(() -> clinic.database
                .inTransaction(AuditEntry.of(AuditAction.CHANGE, "Patient", patient), tx -> {
                    clinic.changes.needsChanged(tx, Patients.parse(patient).orElseThrow());
                    throw new IllegalStateException("the use case failed");
                })).hasMessage("the use case failed");

        assertThat(clinic.changes.now()).isEqualTo(before);
    }

    @Test
    void a_look_leaves_no_audit_entry() {
        var entries = clinic.database.audit();

        clinic.changes.now();

        assertThat(clinic.database.audit()).isEqualTo(entries);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.sluse.epr.Clinic;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;

class PatientsTest {

    private final Clinic clinic = new Clinic();
    private final Patients patients = clinic.patients;

    @Nested
    class A_patient_whom_a_colleague_treats {

        private String id = "";

        @BeforeEach
        void a_colleague_asks() {
            id = clinic.patient("17");
            clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-2"));
        }

        @Test
        void is_not_found() {
            assertThat(patients.search("17")).isEmpty();
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> patients.get(id))
                    .extracting(ProblemException::problem)
                    .isEqualTo(Problem.NOT_FOUND);
        }

        @Test
        void cannot_be_added_again() {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> patients.add("17", ""))
                    .extracting(ProblemException::problem)
                    .isEqualTo(Patients.EXISTS);
        }
    }

    @Test
    void adding_the_same_number_again_changes_nothing() {
        var first = patients.add("17", "Kari");

        var second = patients.add("17", "Another name");

        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_number_or_a_part_of_the_name_finds() {
        patients.add("17", "Patient 4");

        assertThat(patients.search("1")).hasSize(1);
        assertThat(patients.search("PATIENT")).hasSize(1);
        assertThat(patients.search("%")).isEmpty();
    }

    @Test
    void a_number_with_other_characters_is_refused() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> patients.add("17|18", ""))
                .satisfies(
                        refused -> assertThat(refused.errors()).extracting("pointer", "code")
                                .containsExactly(org.assertj.core.groups.Tuple.tuple("/number", "patient-number")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.epr.Clinic;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.problem.SeenVersion;
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
    void each_patient_in_a_list_has_an_entry_of_it_and_nobody_else_has() {
        var found = clinic.patient("17");
        clinic.patient("4");
        var before = clinic.database.audit().size();

        patients.search("17");

        assertThat(clinic.database.audit().subList(before, clinic.database.audit().size())).containsExactly(
                AuditEntry.list("Patient"), AuditEntry.read("Patient", found).about(found));
    }

    @Nested
    class A_wrong_number {

        private static final SeenVersion FIRST = PatientsAtHand.seen(1);

        private String id = "";

        @BeforeEach
        void was_typed() {
            id = clinic.patient("71");
        }

        @Test
        void is_put_right_and_the_patient_stays_the_same() {
            var right = patients.correct(id, FIRST, "17", "Kari");

            assertThat(right.id()).hasToString(id);
            assertThat(patients.get(id)).isEqualTo(right);
            assertThat(patients.search("71")).isEmpty();
        }

        @Test
        void can_be_saved_unchanged() {
            assertThat(patients.correct(id, FIRST, "71", "Kari").name()).isEqualTo("Kari");
        }

        @Test
        void is_kept_with_who_corrected_it_and_when() {
            patients.correct(id, FIRST, "17", "Kari");
            patients.correct(id, PatientsAtHand.seen(2), "17", "Kari N");
            assertThat(patients.correct(id, PatientsAtHand.seen(3), "17", "Kari N").version()).as("saved unchanged")
                    .isEqualTo(3);

            assertThat(patients.earlier(id)).extracting(Patient.Earlier::version, Patient.Earlier::number,
                    Patient.Earlier::name, Patient.Earlier::by)
                    .containsExactly(tuple(2, "17", "Kari", "practitioner-1"),
                            tuple(1, "71", patients.earlier(id).getLast().name(), "practitioner-1"));
        }

        @Test
        void is_not_put_right_over_a_correction_that_was_not_seen() {
            patients.correct(id, FIRST, "17", "Kari");

            assertThat(problemOf(FIRST)).isEqualTo(Problem.CHANGED_MEANWHILE);
            assertThat(problemOf(SeenVersion.of(null))).isEqualTo(Problem.VERSION_NOT_SAID);
            assertThat(patients.get(id).number()).isEqualTo("17");
        }

        @Test
        void two_who_correct_at_the_same_time_never_write_over_each_other() throws Exception {
            var kept = new AtomicInteger();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var writers = IntStream.range(0, 2).mapToObj(writer -> threads.submit(() -> {
                    for (var round = 0; round < 100; round++) {
                        try {
                            patients.correct(id, PatientsAtHand.seen(patients.get(id).version()), "71",
                                    writer + " " + round);
                            kept.incrementAndGet();
                        } catch (ProblemException fasterOther) {
                            assertThat(fasterOther.problem()).isEqualTo(Problem.CHANGED_MEANWHILE);
                        }
                    }
                    return writer;
                })).toList();
                for (var writer : writers) {
                    writer.get();
                }
            }

            assertThat(patients.get(id).version()).isEqualTo(1 + kept.get());
            assertThat(patients.earlier(id)).hasSize(kept.get());
        }

        private Problem problemOf(SeenVersion seen) {
            return catchThrowableOfType(ProblemException.class, () -> patients.correct(id, seen, "18", "")).problem();
        }

        @Test
        void leaves_a_row_in_the_audit_log_without_the_number() {
            patients.correct(id, FIRST, "17", "");

            assertThat(clinic.database.audit()).last()
                    .isEqualTo(AuditEntry.of(AuditAction.CHANGE, "Patient", id).about(id));
        }

        @Test
        void cannot_become_the_number_of_somebody_else_and_it_is_said_whose_patient_that_is() {
            clinic.patient("17");
            clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-2"));
            PatientsAtHand.add(patients, "18");
            clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));

            assertThat(refusal("17")).isEqualTo("number-yours");
            assertThat(refusal("18")).isEqualTo("number-colleague");
            assertThat(patients.get(id).number()).isEqualTo("71");
        }

        private String refusal(String number) {
            var refused = catchThrowableOfType(ProblemException.class, () -> patients.correct(id, FIRST, number, ""));
            assertThat(refused.problem()).isEqualTo(Patients.EXISTS);
            return refused.errors().getFirst().code();
        }

        @Test
        void is_not_put_right_by_a_colleague_who_does_not_treat_the_patient() {
            clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-2"));

            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> patients.correct(id, FIRST, "17", ""))
                    .extracting(ProblemException::problem)
                    .isEqualTo(Problem.NOT_FOUND);
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

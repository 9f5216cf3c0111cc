// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.epr.Clinic;
import org.sluse.problem.FieldError;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;

/** A safety question that nobody reviews goes to the deputy. */
class DeputyTimerTest {

    private final Clinic clinic = new Clinic();
    private List<Staff.Member> people = List.of(new Staff.Member("practitioner-1", "Practitioner 1"),
            new Staff.Member("practitioner-2", "Practitioner 2"));
    private final Staff staff = new Staff() {
        @Override
        public Optional<Member> find(String id) {
            return people.stream().filter(one -> one.id().equals(id)).findFirst();
        }

        @Override
        public List<Member> with(Role role) {
            return people;
        }
    };
    private final Deputies deputies = new Deputies(clinic.database, clinic.tenant, staff, clinic.woken::add,
            clinic.clock);
    private final DeputyTimer timer = new DeputyTimer(clinic.database, clinic.patients, clinic.changes, staff);
    private final SafetyFlags flags = new SafetyFlags(clinic.database, clinic.tenant, clinic.patients,
            clinic.assessments, clinic.clock, clinic.changes);
    private String patient = "";

    @BeforeEach
    void a_deputy_after_an_hour() {
        deputies.set("practitioner-2", 60);
        patient = clinic.patient("17");
    }

    @Test
    void after_the_time_that_is_set_the_deputy_has_it_too_and_can_review_it() {
        var flagged = flagged();
        clinic.clock.advance(Duration.ofMinutes(60));

        timer.run(clinic.clock.instant());

        assertThat(waitingFor("practitioner-1")).containsExactly(flagged);
        assertThat(waitingFor("practitioner-2")).containsExactly(flagged);
        assertThat(flags.acknowledge(flagged, "Called").flag().orElseThrow().acknowledged()).isPresent();
        assertThat(waitingFor("practitioner-1")).isEmpty();
    }

    @Test
    void before_that_nobody_else_sees_anything_and_the_next_look_is_when_it_is_due() {
        flagged();
        var raised = clinic.clock.instant();
        clinic.clock.advance(Duration.ofMinutes(59));

        assertThat(timer.run(clinic.clock.instant())).contains(raised.plus(Duration.ofMinutes(60)));
        assertThat(waitingFor("practitioner-2")).isEmpty();
    }

    @Test
    void one_that_was_reviewed_in_time_stays_where_it_is() {
        flags.acknowledge(flagged(), "Called");
        clinic.clock.advance(Duration.ofDays(1));

        assertThat(timer.run(clinic.clock.instant())).isEmpty();
        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-2"));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> clinic.assessments.ofPatient(patient));
    }

    @Test
    void the_result_says_since_when_and_with_whom_it_is() {
        var flagged = flagged();
        clinic.clock.advance(Duration.ofMinutes(61));
        timer.run(clinic.clock.instant());

        assertThat(clinic.assessments.get(flagged).flag().orElseThrow().passedOn())
                .contains(new SafetyFlag.PassedOn(clinic.clock.instant(), "practitioner-2"));
    }

    @Test
    void it_is_in_the_trail_that_a_colleague_treats_the_patient_from_now_on() {
        flagged();
        clinic.clock.advance(Duration.ofMinutes(61));
        timer.run(clinic.clock.instant());

        assertThat(clinic.database.audit())
                .contains(AuditEntry.of(AuditAction.CHANGE, "Patient", patient).about(patient));
    }

    @Test
    void it_is_passed_on_once() {
        flagged();
        clinic.clock.advance(Duration.ofMinutes(61));
        timer.run(clinic.clock.instant());
        var before = clinic.changes.now().needs();

        assertThat(timer.run(clinic.clock.instant().plus(Duration.ofDays(1)))).isEmpty();
        assertThat(clinic.changes.now().needs()).isEqualTo(before);
    }

    @Test
    void a_flag_and_a_new_deputy_wake_the_timer() {
        clinic.woken.clear();
        flagged();

        assertThat(clinic.woken).containsExactly("pass-on");
        deputies.set("practitioner-1", 30);
        assertThat(clinic.woken).containsExactly("pass-on", "pass-on");
    }

    @Test
    void without_a_deputy_and_to_one_who_has_left_nothing_is_passed_on() {
        flagged();
        clinic.clock.advance(Duration.ofMinutes(61));
        people = List.of(people.getFirst());

        assertThat(timer.run(clinic.clock.instant())).isEmpty();
        deputies.remove();
        assertThat(deputies.find()).isEmpty();
        assertThat(timer.run(clinic.clock.instant())).isEmpty();
        assertThat(waitingFor("practitioner-2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 10_081, -1})
    void the_time_is_five_minutes_to_a_week(int minutes) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> deputies.set("practitioner-2", minutes))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::pointer)
                        .containsExactly("/afterMinutes"));
    }

    @Test
    void only_who_treats_patients_can_be_it() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> deputies.set("administrator-1", 60))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::pointer)
                        .containsExactly("/practitioner"));
    }

    private String flagged() {
        return clinic.answered(patient, 0, 0, 0, 0, 0, 0, 0, 0, 2).id().toString();
    }

    private List<String> waitingFor(String practitioner) {
        clinic.tenant.actingAs(KnownTenant.practitioner(practitioner));
        return flags.unacknowledged().stream().map(one -> one.assessment().id().toString()).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditEntry;
import org.sluse.epr.Clinic;
import org.sluse.epr.assessment.Assessment.State;
import org.sluse.epr.sdc.Finding;
import org.sluse.epr.sdc.Given;
import org.sluse.epr.sdc.Shown;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;

/** A form of the clinic's own at a patient. */
class FormAssessmentsTest {

    private final Clinic clinic = new Clinic();
    private final FormAssessments assessments = clinic.formAssessments;
    private final Form form = FormsAtHand.brought(clinic, FormsAtHand.SLEEP);
    private final List<String> sent = new ArrayList<>();
    private final String patient;
    private final FormAssessment assessment;

    FormAssessmentsTest() {
        clinic.formListener = (tx, one, response) -> sent.add(response);
        patient = clinic.patient("17");
        assessment = FormsAtHand.assigned(clinic, patient, form);
    }

    @BeforeEach
    void whoever_holds_the_link_acts() {
        clinic.tenant.actingAs(Actor.linkHolder(assessment.id().toString()));
    }

    private FormAssessments.Held save(int version, Map<String, List<Given>> answers) {
        return assessments
                .save(new FormAssessments.Entered(version, answers, Optional.empty(), Optional.empty()));
    }

    private static Map<String, List<Given>> hours(String hours) {
        return Map.of("0", List.of(Given.text(hours)));
    }

    private static List<String> links(FormAssessments.Held held) {
        return held.open().items("en").stream().map(Shown::linkId).toList();
    }

    @Test
    void an_answer_makes_another_question_appear_and_another_answer_takes_it_away() {
        assertThat(links(assessments.held())).containsExactly("hours");

        assertThat(links(save(0, hours("5")))).containsExactly("hours", "why");

        assertThat(links(save(1, hours("8")))).containsExactly("hours");
    }

    @Test
    void what_is_saved_is_there_on_another_device_with_a_new_link() {
        save(0, Map.of("0", List.of(Given.text("5")), "1", List.of(Given.option("1"))));
        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));

        assessments.renewLink(assessment.id().toString());

        whoever_holds_the_link_acts();
        assertThat(assessments.held().assessment()).satisfies(one -> {
            assertThat(one.state()).isEqualTo(State.DRAFT);
            assertThat(one.version()).isEqualTo(1);
            assertThat(one.answered()).isEqualTo(2);
            assertThat(one.asked()).isEqualTo(3);
        });
        assertThat(assessments.held().open().items("en").get(1).values()).extracting(Shown.Value::text)
                .containsExactly("Pain");
    }

    @Test
    void an_older_page_does_not_write_over_a_newer_one() {
        save(0, hours("5"));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> save(0, hours("9")))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(Problem.CHANGED_MEANWHILE));
        assertThat(assessments.held().open().items("en").getFirst().values()).extracting(Shown.Value::text)
                .containsExactly("5");
    }

    @Test
    void what_is_no_answer_is_not_taken_and_the_rest_is() {
        var held = save(0, Map.of("0", List.of(Given.text("five"))));

        assertThat(held.refused()).extracting(Finding::key, Finding::code).containsExactly(tuple("0", "number"));
        assertThat(held.assessment().answered()).isZero();
    }

    @Test
    void what_is_missing_or_wrong_is_not_sent_and_said_at_its_question() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> assessments.send(0))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::pointer, FieldError::code)
                        .containsExactly(tuple("/answers/0", "required")));
        save(0, hours("25"));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> assessments.send(1))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::code)
                        .containsExactly("too-large"));
        assertThat(sent).isEmpty();
    }

    @Test
    void what_is_sent_is_what_is_there_once_and_no_more_is_kept() {
        save(0, Map.of("0", List.of(Given.text("5")), "1", List.of(Given.text("My secret"))));
        save(1, hours("8"));

        var first = assessments.send(2);
        var second = assessments.send(2);

        assertThat(second).isEqualTo(first);
        assertThat(sent).singleElement()
                .asString()
                .contains("\"status\":\"completed\"")
                .contains("\"valueDecimal\":8")
                .contains("How many hours")
                .doesNotContain("secret");
        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        assertThat(assessments.get(assessment.id().toString()).response()).doesNotContain("secret");
    }

    @Test
    void what_was_answered_lies_sealed() {
        save(0, Map.of("0", List.of(Given.text("5")), "1", List.of(Given.text("My secret"))));

        String kept = clinic.database.inTransaction(AuditEntry.list("Assessment"),
                tx -> tx.handle().createQuery("select response from form_assessment").mapTo(String.class).one());
        assertThat(kept).doesNotContain("secret").doesNotContain("hours");
    }

    @Test
    void a_key_of_no_question_is_refused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> save(0, Map.of("7", List.of(Given.text("5")))))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::code)
                        .containsExactly("unknown"));
    }

    @Test
    void what_is_taken_back_or_too_old_is_closed() {
        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        assessments.withdraw(assessment.id().toString());
        whoever_holds_the_link_acts();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> save(0, hours("5")))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(FormAssessments.CLOSED));

        var another = FormsAtHand.assigned(clinic, patient, form);
        clinic.clock.advance(Duration.ofDays(14));
        assertThat(another.isOpenAt(clinic.clock.instant())).isFalse();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> save(0, hours("5")))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(FormAssessments.CLOSED));
    }

    @Test
    void somebody_who_does_not_treat_the_patient_sees_nothing_of_it() {
        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-2"));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> assessments.get(assessment.id().toString()))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> assessments.ofPatient(patient))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void a_language_that_the_form_has_not_is_refused() {
        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> assessments.assign(patient, form.id().toString(), "nb"))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::code)
                        .containsExactly("language-not-offered"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sluse.epr.assessment.AssessmentsAtHand.answer;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditEntry;
import org.sluse.epr.Clinic;
import org.sluse.epr.assessment.Assessment.State;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;

class AssessmentsTest {

    private final Clinic clinic = new Clinic();
    private final Assessments assessments = clinic.assessments;
    private final SafetyFlags flags = new SafetyFlags(clinic.database, clinic.tenant, clinic.patients, assessments,
            clinic.clock, clinic.changes);
    private String patient = "";

    @BeforeEach
    void a_patient() {
        patient = clinic.patient("17");
    }

    @Test
    void nine_threes_are_27_severe_with_the_flag_raised() {
        var sent = clinic.answered(patient, 3, 3, 3, 3, 3, 3, 3, 3, 3);

        assertThat(sent.score()).hasValueSatisfying(score -> {
            assertThat(score.total()).hasToString("27");
            assertThat(score.band()).map(Instrument.Band::name).contains("severe");
        });
        assertThat(flags.unacknowledged()).extracting(result -> result.assessment().id())
                .containsExactly(sent.id());
    }

    @Test
    void a_patient_whose_flags_are_listed_has_one_entry_of_it_however_many_wait() {
        clinic.answered(patient, 3, 3, 3, 3, 3, 3, 3, 3, 3);
        clinic.answered(patient, 3, 3, 3, 3, 3, 3, 3, 3, 3);
        clinic.patient("4");
        var before = clinic.database.audit().size();

        flags.unacknowledged();

        assertThat(clinic.database.audit().subList(before, clinic.database.audit().size())).containsExactly(
                AuditEntry.list("SafetyFlag"), AuditEntry.list("SafetyFlag").about(patient));
    }

    @Test
    void a_language_without_official_wording_is_not_offered() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> assessments.assign(patient, "phq-9", "nb"))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::code)
                        .containsExactly("language-not-offered"));
    }

    @Test
    void those_sent_before_stand_beside_a_result_the_oldest_first_with_or_without_a_total() {
        var first = clinic.answered(patient, 3, 0, 0, 0, 0, 0, 0, 0, 0);
        clinic.clock.advance(Duration.ofDays(28));
        var declined = clinic.answered(patient, 2, -1, 0, 0, 0, 0, 0, 0, 0);
        clinic.clock.advance(Duration.ofDays(28));
        var last = clinic.answered(patient, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        assessments.assign(patient, "phq-9", "en");

        assertThat(assessments.earlier(assessments.get(last.id().toString()))).extracting(Assessment::id)
                .containsExactly(first.id(), declined.id());
        assertThat(assessments.earlier(assessments.get(first.id().toString()))).isEmpty();
    }

    @Nested
    class A_patient_who_answers {

        private Assessment assessment = assessments.assign(clinic.patient("18"), "phq-9", "de").assessment();

        @BeforeEach
        void holds_the_link() {
            patientActs();
        }

        private void patientActs() {
            clinic.tenant.actingAs(Actor.linkHolder(assessment.id().toString()));
        }

        @Test
        void finds_every_saved_answer_again() {
            assessments.save(answer(assessment.instrument(), 0, 2));
            assessments.save(answer(assessment.instrument(), 1, -1));
            assessments.save(answer(assessment.instrument(), 0, 1));

            assertThat(assessments.held().answers()).containsExactly(answer(assessment.instrument(), 0, 1),
                    answer(assessment.instrument(), 1, -1));
            assertThat(assessments.held().state()).isEqualTo(State.DRAFT);
        }

        @Test
        void is_shown_the_crisis_text_and_the_practitioner_told_before_anything_is_sent() {
            var saved = assessments.save(answer(assessment.instrument(), 8, 1));

            assertThat(saved.help()).isTrue();
            clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
            assertThat(flags.unacknowledged()).hasSize(1);
        }

        @Test
        void does_not_take_the_flag_away_by_changing_the_answer_back() {
            assessments.save(answer(assessment.instrument(), 8, 2));
            assessments.save(answer(assessment.instrument(), 8, 0));

            clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
            assertThat(assessments.get(assessment.id().toString()).flag().orElseThrow().code()).isEqualTo("LA6570-1");
        }

        @Test
        void cannot_send_with_open_questions_and_is_told_which() {
            AssessmentsAtHand.answer(assessments, assessment, 1, 1, 1, 1, 1, 1, 1, 1);

            assertThatExceptionOfType(ProblemException.class).isThrownBy(assessments::send)
                    .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::pointer)
                            .containsExactly("/answers/44260-8"));
            assertThat(clinic.completed).isEmpty();
        }

        @Test
        void may_decline_and_then_there_is_no_total() {
            var sent = AssessmentsAtHand.answerAndSend(assessments, assessment, 1, 1, -1, 1, 1, 1, 1, 1, 0);

            assertThat(sent.state()).isEqualTo(State.COMPLETED);
            assertThat(sent.score()).isEmpty();
        }

        @Test
        void sends_once_however_often_the_button_is_pressed() {
            var sent = AssessmentsAtHand.answerAndSend(assessments, assessment, 1, 1, 1, 2, 2, 0, 0, 1, 0);

            clinic.clock.advance(Duration.ofMinutes(1));
            var again = assessments.send();

            assertThat(again).isEqualTo(sent);
            assertThat(clinic.completed).hasSize(1);
        }

        @Test
        void cannot_change_what_was_sent() {
            AssessmentsAtHand.answerAndSend(assessments, assessment, 0, 0, 0, 0, 0, 0, 0, 0, 0);

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> assessments.save(answer(assessment.instrument(), 0, 3)))
                    .extracting(ProblemException::problem)
                    .isEqualTo(Assessments.CLOSED);
        }

        @Test
        void cannot_answer_after_two_weeks() {
            clinic.clock.advance(Duration.ofDays(14));

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> assessments.save(answer(assessment.instrument(), 0, 3)))
                    .extracting(ProblemException::problem)
                    .isEqualTo(Assessments.CLOSED);
        }

        @Test
        void cannot_give_a_choice_that_the_instrument_does_not_have() {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> assessments.save(new Answer.Chosen("44250-9", "LA1-1")))
                    .extracting(ProblemException::problem)
                    .isEqualTo(Problem.NOT_ALLOWED_VALUE);
        }
    }

    @Nested
    class A_raised_flag {

        private String id = clinic.answered(clinic.patient("19"), 0, 0, 0, 0, 0, 0, 0, 0, 1).id().toString();

        @Test
        void is_acknowledged_with_a_note_once() {
            var seen = flags.acknowledge(id, "Called at once").flag().orElseThrow().acknowledged().orElseThrow();

            assertThat(seen.by()).isEqualTo("practitioner-1");
            assertThat(flags.unacknowledged()).isEmpty();
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> flags.acknowledge(id, "Again"))
                    .extracting(ProblemException::problem)
                    .isEqualTo(SafetyFlags.NOTHING_TO_ACKNOWLEDGE);
        }

        @Test
        void is_told_as_reviewed_to_the_pages_that_show_it() {
            var before = clinic.changes.now();

            flags.acknowledge(id, "Called at once");

            assertThat(clinic.changes.now().needs()).isGreaterThan(before.needs());
        }

        @Test
        void is_not_seen_by_a_colleague_who_does_not_treat_the_patient() {
            clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-2"));

            assertThat(flags.unacknowledged()).isEmpty();
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> flags.acknowledge(id, "Seen"))
                    .extracting(ProblemException::problem)
                    .isEqualTo(Problem.NOT_FOUND);
        }
    }
}

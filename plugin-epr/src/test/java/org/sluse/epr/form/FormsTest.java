// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sluse.epr.Clinic;
import org.sluse.problem.FieldError;
import org.sluse.problem.ProblemException;

/** A clinic brings a questionnaire of its own. */
class FormsTest {

    private final Clinic clinic = new Clinic();

    @Test
    void it_is_offered_from_then_on() {
        FormsAtHand.brought(clinic, FormsAtHand.SLEEP);

        assertThat(clinic.forms.offered()).singleElement().satisfies(form -> {
            assertThat(form.canonical()).isEqualTo("https://clinic.example/Questionnaire/sleep|1");
            assertThat(form.languages()).containsExactly("en");
            assertThat(form.questions()).isEqualTo(3);
        });
    }

    @Test
    void a_version_is_never_another_one() {
        FormsAtHand.brought(clinic, FormsAtHand.SLEEP);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FormsAtHand.brought(clinic, FormsAtHand.SLEEP.replace("Noise", "A dog")))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::pointer, FieldError::code)
                        .containsExactly(tuple("/file/version", "form-version-taken")));
    }

    @Test
    void a_newer_version_is_offered_and_what_is_assigned_stays_with_its_own() {
        var first = FormsAtHand.brought(clinic, FormsAtHand.SLEEP);
        var assessment = FormsAtHand.assigned(clinic, clinic.patient("17"), first);
        var second = FormsAtHand.brought(clinic,
                FormsAtHand.SLEEP.replace("\"version\": \"1\"", "\"version\": \"2\"").replace("Noise", "A dog"));

        assertThat(clinic.forms.offered()).containsExactly(second);
        assertThat(clinic.forms.all()).containsExactly(second, first);
        assertThat(clinic.formAssessments.held().assessment()).isEqualTo(assessment);
        assertThat(clinic.formAssessments.held().assessment().form()).isEqualTo(first);
    }

    @Test
    void what_is_wrong_in_the_file_is_said_where_it_stands() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> clinic.forms.bring(
                        FormsAtHand.SLEEP.replace("\"question\": \"hours\"", "\"question\": \"hour\""),
                        Optional.empty()))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::pointer, FieldError::code)
                        .containsExactly(tuple("/file/item/1/enableWhen/0/question", "form-condition")));
    }
}

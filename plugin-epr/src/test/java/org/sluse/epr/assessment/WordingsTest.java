// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sluse.epr.assessment.AssessmentsAtHand.instrument;
import static org.sluse.epr.assessment.AssessmentsAtHand.wording;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.epr.Clinic;
import org.sluse.epr.assessment.WordingReader.Read;
import org.sluse.problem.FieldError;
import org.sluse.problem.ProblemException;

/** A clinic brings the text that it has a licence for. */
class WordingsTest {

    private final Clinic clinic = new Clinic();
    private final Wordings wordings = new Wordings(clinic.database, clinic.tenant,
            (instrument, file) -> new Read.Whole("nb", wording(instrument, file).texts()), clinic.clock, clinic.ids);

    @Test
    void without_it_the_instrument_cannot_be_sent_and_the_refusal_says_why() {
        assertRefused("core-10", "nb", "text-missing");
    }

    @Test
    void with_it_the_instrument_is_asked_in_its_words_and_in_no_other_language() {
        wordings.bring("core-10", "first");

        assertThat(assigned("core-10", "nb").instrument().items().getFirst().text())
                .containsExactly(java.util.Map.entry("nb", "Text of item-1 in first"));
        assertRefused("core-10", "de", "language-not-offered");
    }

    @Test
    void whoever_was_asked_is_asked_in_the_words_as_they_were() {
        wordings.bring("core-10", "first");
        var asked = assigned("core-10", "nb");
        clinic.clock.advance(Duration.ofDays(1));

        wordings.bring("core-10", "second");

        clinic.tenant.actingAs(Actor.linkHolder(asked.id().toString()));
        assertThat(clinic.assessments.held().instrument().notice()).isEqualTo("Copyright line of CORE-10");
        assertThat(clinic.assessments.held().instrument().items().get(1).text())
                .containsEntry("nb", "Text of item-2 in first");
        assertThat(assigned("core-10", "nb").instrument().items().get(1).text())
                .containsEntry("nb", "Text of item-2 in second");
    }

    @Test
    void the_text_of_one_that_comes_with_texts_adds_a_language() {
        wordings.bring("phq-9", "nb");

        assertThat(wordings.offers()).filteredOn(offer -> offer.instrument().id().equals("phq-9"))
                .flatExtracting(Offer::languages)
                .containsExactly("en", "de", "nb");
        assertThat(assigned("phq-9", "en").instrument()).isEqualTo(instrument("phq-9"));
    }

    @Test
    void its_scores_are_those_of_the_instrument() {
        wordings.bring("who-5", "nb");
        var asked = assigned("who-5", "nb");
        clinic.tenant.actingAs(Actor.linkHolder(asked.id().toString()));

        var sent = AssessmentsAtHand.answerAndSend(clinic.assessments, asked, 1, 2, 3, 2, 1);

        assertThat(sent.score()).hasValueSatisfying(score -> assertThat(score.total()).isEqualByComparingTo("36"));
    }

    @Test
    void a_file_that_is_not_its_text_is_refused_with_each_place_and_nothing_is_kept() {
        var refusing = new Wordings(clinic.database, clinic.tenant,
                (instrument, file) -> new Read.Refused(
                        List.of(new FieldError("/item/3/text", "file-text", "The question has no text"))),
                clinic.clock, clinic.ids);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> refusing.bring("isi", "file"))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::pointer)
                        .containsExactly("/file/item/3/text"));
        assertThat(wordings.offers()).flatExtracting(Offer::wordings).isEmpty();
    }

    @Test
    void bringing_one_is_in_the_trail() {
        var brought = wordings.bring("isi", "nb");

        assertThat(clinic.database.audit())
                .contains(AuditEntry.of(AuditAction.CREATE, "Wording", brought.id().toString()));
    }

    private Assessment assigned(String instrument, String language) {
        var patient = clinic.patient("17" + clinic.ids.next().toString().substring(30));
        return clinic.assessments.assign(patient, instrument, language).assessment();
    }

    private void assertRefused(String instrument, String language, String code) {
        var patient = clinic.patient("18");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> clinic.assessments.assign(patient, instrument, language))
                .satisfies(refused -> assertThat(refused.errors()).extracting(FieldError::code).containsExactly(code));
    }
}

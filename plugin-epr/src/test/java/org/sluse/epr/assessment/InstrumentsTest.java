// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sluse.epr.assessment.AssessmentsAtHand.instrument;
import static org.sluse.epr.assessment.AssessmentsAtHand.wording;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.epr.assessment.Instrument.Band;
import org.sluse.epr.assessment.Instrument.Scoring;

/** The catalogue: what is in it, and that a file that contradicts itself is not read. */
class InstrumentsTest {

    @Test
    void the_catalogue_has_these() {
        assertThat(Instruments.ALL).extracting(Instrument::id)
                .containsExactly("phq-9", "phq-2", "gad-7", "audit", "audit-c", "core-10", "who-5", "madrs-s", "isi");
    }

    @ParameterizedTest
    @CsvSource({"phq-9, en de", "phq-2, en de", "gad-7, en de", "audit, en", "audit-c, en"})
    void texts_that_may_be_shown_are_whole_in_these_languages_with_the_licences_sentence(String id, String languages) {
        assertThat(instrument(id).languages()).containsExactly(languages.split(" "));
        assertThat(instrument(id).notice()).isNotBlank();
        assertThat(instrument(id).items()).allSatisfy(
                item -> assertThat(item.text().keySet()).containsExactlyInAnyOrder(languages.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"core-10", "who-5", "madrs-s", "isi"})
    void no_word_of_an_instrument_whose_licence_does_not_allow_it_comes_with_this_software(String id) {
        assertThat(instrument(id).languages()).isEmpty();
        assertThat(instrument(id).stem()).isEmpty();
        assertThat(instrument(id).notice()).isBlank();
        assertThat(instrument(id).items()).allSatisfy(item -> {
            assertThat(item.text()).isEmpty();
            assertThat(item.choices()).allSatisfy(choice -> assertThat(choice.text()).isEmpty());
        });
    }

    @ParameterizedTest
    @CsvSource({"phq-9, 44260-8", "core-10, item-6", "madrs-s, item-9"})
    void any_answer_but_the_first_to_the_item_about_danger_to_life_raises_a_flag(String id, String item) {
        var one = instrument(id);
        var choices = one.item(item).orElseThrow().choices();

        assertThat(choices).extracting(choice -> one.raisesFlag(new Answer.Chosen(item, choice.code().code())))
                .containsExactlyElementsOf(choices.stream().map(choice -> choice.points() > 0).toList());
        assertThat(one.raisesFlag(new Answer.Declined(item))).isFalse();
    }

    @Test
    void only_codes_of_loinc_and_of_our_own_are_in_it() {
        var ours = Instruments.ALL.stream()
                .flatMap(one -> one.systems().stream())
                .filter(system -> !system.equals("http://loinc.org"))
                .collect(Collectors.toSet());

        assertThat(ours).isEqualTo(Set.of("https://sluse.org/fhir/CodeSystem/audit",
                "https://sluse.org/fhir/CodeSystem/core-10", "https://sluse.org/fhir/CodeSystem/who-5",
                "https://sluse.org/fhir/CodeSystem/madrs-s", "https://sluse.org/fhir/CodeSystem/isi"));
        assertThat(instrument("who-5").panel()).isEmpty();
    }

    @Test
    void what_the_clinic_brings_is_asked_in_its_words_and_other_languages_stay_as_they_were() {
        var brought = instrument("phq-9").in(wording(instrument("phq-9"), "nb"));

        assertThat(brought.languages()).containsExactly("en", "de", "nb");
        assertThat(brought.items().getFirst().text()).containsEntry("nb", "Text of 44250-9 in nb")
                .containsEntry("en", "Little interest or pleasure in doing things");
        assertThat(brought.stem()).containsEntry("nb", "Stem in nb");
        assertThat(brought.notice()).isEqualTo("Copyright line of PHQ-9");
    }

    @Test
    void bands_that_do_not_begin_at_nothing_or_go_back_are_refused() {
        assertThatThrownBy(() -> new Scoring(1, 0, 27, List.of(band(1)), Optional.empty())).hasMessage(
                "The band 'b1' begins at 1; right would be bands from 0 to 27, the lowest first");
        assertThatThrownBy(() -> new Scoring(1, 0, 27, List.of(band(0), band(9), band(5)), Optional.empty()))
                .hasMessageContaining("'b5' begins at 5");
        assertThatThrownBy(() -> new Scoring(1, 0, 27, List.of(band(0), band(28)), Optional.empty()))
                .hasMessageContaining("'b28' begins at 28");
    }

    @Test
    void a_largest_total_that_is_not_the_sum_of_the_items_is_refused() {
        var phq = instrument("phq-9");

        assertThatThrownBy(() -> new Instrument(phq.id(), phq.version(), phq.title(), phq.panel(), phq.total(),
                phq.stem(), phq.items(), new Scoring(1, 0, 30, List.of(), Optional.empty()), phq.safety(),
                phq.refused(), phq.notice())).hasMessage(
                        "Instrument 'phq-9' has a largest total of 30; right would be the sum of its items, 27");
    }

    private static Band band(int from) {
        return new Band(from, "b" + from, "", Optional.empty());
    }
}

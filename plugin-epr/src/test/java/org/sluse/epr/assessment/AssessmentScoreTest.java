// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssessmentScoreTest {

    @ParameterizedTest
    @CsvSource({"333333333, 27, severe", "111220010, 8, mild", "000000000, 0, none", "111100000, 4, none",
            "111110000, 5, mild", "333100000, 10, moderate",
            "333330000, 15, moderately-severe", "333333200, 20, severe", "333333100, 19, moderately-severe"})
    void phq_9_adds_up(String points, int total, String band) {
        var score = AssessmentScore.of(Instruments.PHQ_9, answers(Instruments.PHQ_9, points)).orElseThrow();

        assertThat(score.total()).isEqualTo(total);
        assertThat(score.band().name()).isEqualTo(band);
    }

    @ParameterizedTest
    @CsvSource({"3333333, 21, severe", "0000000, 0, minimal", "1111100, 5, mild", "3331000, 10, moderate",
            "3333200, 14, moderate", "3333300, 15, severe"})
    void gad_7_adds_up(String points, int total, String band) {
        var score = AssessmentScore.of(Instruments.GAD_7, answers(Instruments.GAD_7, points)).orElseThrow();

        assertThat(score.total()).isEqualTo(total);
        assertThat(score.band().name()).isEqualTo(band);
    }

    @Test
    void a_declined_item_leaves_no_total() {
        var answers = new java.util.ArrayList<>(answers(Instruments.PHQ_9, "333333333"));
        answers.set(2, new Answer.Declined("44259-0"));

        assertThat(AssessmentScore.of(Instruments.PHQ_9, answers)).isEmpty();
    }

    @Test
    void bands_have_no_gap_and_reach_the_largest_total() {
        for (var instrument : Instruments.ALL) {
            var largest = instrument.items().size() * instrument.choices().getLast().points();
            assertThat(IntStream.rangeClosed(0, largest)).allMatch(
                    total -> instrument.bands()
                            .stream()
                            .filter(band -> band.from() <= total && total <= band.to())
                            .count() == 1);
            assertThat(instrument.largestTotal()).isEqualTo(largest);
        }
    }

    @Test
    void every_text_is_there_in_every_language_that_is_offered() {
        for (var instrument : Instruments.ALL) {
            assertThat(instrument.items()).allMatch(item -> item.text().keySet().equals(instrument.languages()));
            assertThat(instrument.choices()).allMatch(choice -> choice.text().keySet().equals(instrument.languages()));
        }
    }

    private static List<Answer> answers(Instrument instrument, String points) {
        return IntStream.range(0, points.length())
                .mapToObj(i -> AssessmentsAtHand.answer(instrument, i, points.charAt(i) - '0'))
                .toList();
    }
}

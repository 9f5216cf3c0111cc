// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.assessment.AssessmentsAtHand.instrument;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit of each band, and what the instruments do with an item that has no answer. */
class AssessmentScoreTest {

    @ParameterizedTest
    @CsvSource({"phq-9, 333333333, 27, severe", "phq-9, 111220010, 8, mild", "phq-9, 000000000, 0, none",
            "phq-9, 111100000, 4, none", "phq-9, 111110000, 5, mild", "phq-9, 333100000, 10, moderate",
            "phq-9, 333330000, 15, moderately-severe", "phq-9, 333333200, 20, severe",
            "phq-9, 333333100, 19, moderately-severe", "gad-7, 3333333, 21, severe", "gad-7, 0000000, 0, minimal",
            "gad-7, 1111100, 5, mild", "gad-7, 3331000, 10, moderate", "gad-7, 3333200, 14, moderate",
            "gad-7, 3333300, 15, severe", "phq-2, 20, 2, below-cut-off", "phq-2, 21, 3, cut-off",
            "phq-2, 33, 6, cut-off", "audit, 4444444444, 40, zone-4", "audit, 3400000000, 7, zone-1",
            "audit, 4400000000, 8, zone-2", "audit, 4443000000, 15, zone-2", "audit, 4444000000, 16, zone-3",
            "audit, 4444300000, 19, zone-3", "audit, 4444004000, 20, zone-4", "audit, 0000000022, 4, zone-1",
            "audit-c, 200, 2, below-cut-off", "audit-c, 210, 3, cut-off-women", "audit-c, 220, 4, cut-off",
            "audit-c, 444, 12, cut-off", "core-10, 4420000000, 10, low", "core-10, 4421000000, 11, mild",
            "core-10, 4442000000, 14, mild", "core-10, 4443000000, 15, moderate",
            "core-10, 4444000400, 20, moderate-severe", "core-10, 4444400410, 25, severe",
            "core-10, 4444444444, 40, severe", "who-5, 00000, 0, well-being-poor", "who-5, 22323, 48, well-being-poor",
            "who-5, 32323, 52, well-being-not-poor", "who-5, 55555, 100, well-being-not-poor",
            "isi, 4300000, 7, none", "isi, 4400000, 8, subthreshold", "isi, 4443000, 15, moderate",
            "isi, 4444410, 21, moderate", "isi, 4444420, 22, severe", "isi, 4444444, 28, severe",
            "madrs-s, 666666666, 54, ", "madrs-s, 000000000, 0, "})
    void adds_up(String id, String points, String total, String band) {
        var score = AssessmentScore.of(instrument(id), answers(id, points)).orElseThrow();

        assertThat(score.total()).hasToString(total);
        assertThat(score.band().map(Instrument.Band::name).orElse(null)).isEqualTo(band);
        assertThat(score.declined()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"phq-9, 3333-3333", "phq-2, 2-", "gad-7, 11-1111", "audit, 000000000-", "audit-c, 44-", "who-5, 333-3",
            "madrs-s, 00000000-", "isi, -000000", "core-10, 00000000--"})
    void more_declined_items_than_the_instrument_allows_leave_no_total(String id, String points) {
        assertThat(AssessmentScore.of(instrument(id), answers(id, points))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"111111111-, 10, low", "12201031-1, 12.2, mild", "444444444-, 40, severe", "111111112-, 11.1, mild",
            "110111111-, 8.9, low"})
    void core_10_takes_the_mean_of_the_others_for_one_declined_item(String points, String total, String band) {
        var score = AssessmentScore.of(instrument("core-10"), answers("core-10", points)).orElseThrow();

        assertThat(score.total()).hasToString(total);
        assertThat(score.band().orElseThrow().name()).isEqualTo(band);
        assertThat(score.declined()).isEqualTo(1);
    }

    @Test
    void items_2_and_3_of_core_10_count_the_other_way_round() {
        var items = instrument("core-10").items();

        assertThat(IntStream.range(0, 10)
                .filter(i -> items.get(i).choice("0").orElseThrow().points() == 4)
                .mapToObj(i -> i + 1)).containsExactly(2, 3);
    }

    @Test
    void bands_begin_at_nothing_and_a_score_of_any_instrument_has_at_most_one() {
        for (var instrument : Instruments.ALL) {
            var scoring = instrument.scoring();
            assertThat(scoring.bands()).as(instrument.id())
                    .satisfiesAnyOf(bands -> assertThat(bands).isEmpty(),
                            bands -> assertThat(bands.getFirst().from()).isZero());
        }
    }

    private static List<Answer> answers(String id, String points) {
        var each = Arrays.asList(points.split(""));
        return IntStream.range(0, each.size())
                .mapToObj(i -> AssessmentsAtHand.answer(instrument(id), i,
                        each.get(i).equals("-") ? -1 : Integer.parseInt(each.get(i))))
                .toList();
    }
}

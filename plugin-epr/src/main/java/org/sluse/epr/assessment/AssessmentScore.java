// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.sluse.epr.assessment.Instrument.Band;

/**
 * The score of a completed assessment.
 *
 * @param total in the instrument's points; to one decimal where it stands for items that were declined, else whole
 * @param band where the total lies; empty where the instrument has no bands
 * @param declined for how many items, of which nothing is known, the mean of the others stands
 */
public record AssessmentScore(BigDecimal total, Optional<Band> band, int declined) {

    /**
     * Adds up. Without an answer to more items than the instrument's own rule lets be missing there is no score: a sum over fewer items is another scale.
     *
     * @throws IllegalArgumentException an answer is not one of the instrument's
     */
    public static Optional<AssessmentScore> of(Instrument instrument, List<Answer> answers) {
        var items = instrument.items().size();
        var chosen = answers.stream().filter(Answer.Chosen.class::isInstance).map(Answer.Chosen.class::cast).toList();
        var declined = items - chosen.size();
        var scoring = instrument.scoring();
        if (declined > scoring.mayBeMissing()) {
            return Optional.empty();
        }
        var sum = chosen.stream().mapToInt(answer -> pointsOf(instrument, answer)).sum() * scoring.factor();
        var total = declined == 0
                ? BigDecimal.valueOf(sum)
                : whole(BigDecimal.valueOf((long) sum * items)
                        .divide(BigDecimal.valueOf(chosen.size()), 1, RoundingMode.HALF_UP));
        return Optional.of(new AssessmentScore(total, scoring.bandOf(total), declined));
    }

    private static int pointsOf(Instrument instrument, Answer.Chosen answer) {
        return instrument.choice(answer)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + answer.code() + "' is no choice of item '" + answer.linkId() + "'"))
                .points();
    }

    /** Without a decimal that says nothing: {@code 20}, not {@code 20.0}. */
    private static BigDecimal whole(BigDecimal total) {
        return total.stripTrailingZeros().scale() <= 0 ? total.setScale(0) : total;
    }
}

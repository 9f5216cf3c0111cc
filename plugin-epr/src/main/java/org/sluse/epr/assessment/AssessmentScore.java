// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.util.List;
import java.util.Optional;

/**
 * The total of a completed assessment.
 *
 * @param total in the instrument's points
 * @param band where the total lies
 */
public record AssessmentScore(int total, Instrument.Band band) {

    /**
     * Adds up. Refuses a total when any scored item has no choice: a sum over fewer items is another scale (policy "refuse"; no other is known).
     *
     * @throws IllegalArgumentException an answer is not one of the instrument's
     */
    public static Optional<AssessmentScore> of(Instrument instrument, List<Answer> answers) {
        var total = 0;
        for (var item : instrument.items()) {
            var chosen = answers.stream().filter(answer -> answer.linkId().equals(item.linkId())).findFirst();
            if (chosen.isEmpty() || !(chosen.get() instanceof Answer.Chosen(var linkId, var code))) {
                return Optional.empty();
            }
            total += instrument.choice(code)
                    .orElseThrow(
                            () -> new IllegalArgumentException("'" + code + "' is no choice of item '" + linkId + "'"))
                    .points();
        }
        var sum = total;
        return instrument.bands()
                .stream()
                .filter(band -> band.from() <= sum && sum <= band.to())
                .findFirst()
                .map(band -> new AssessmentScore(sum, band));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A patient answered the safety item with more than "not at all".
 *
 * @param code the gravest choice so far; changing the answer back does not take the flag away
 * @param passedOn to the deputy, when nobody had reviewed it in time
 */
public record SafetyFlag(UUID assessment, String linkId, String code, Instant raisedAt, Optional<PassedOn> passedOn,
        Optional<Acknowledged> acknowledged) {

    /** Whether the answer is graver than the one that raised the flag. */
    boolean isOutweighedBy(Answer.Chosen answer, Instrument instrument) {
        return points(instrument, answer) > points(instrument, new Answer.Chosen(linkId, code));
    }

    private static int points(Instrument instrument, Answer.Chosen answer) {
        return instrument.choice(answer).map(Instrument.Choice::points).orElse(0);
    }

    /** @param to id in the clinic's list of people */
    public record PassedOn(Instant at, String to) {}

    /**
     * A practitioner has looked.
     *
     * @param by id in the clinic's list of people
     * @param note what was done, 1 to 2,000 characters
     */
    public record Acknowledged(Instant at, String by, String note) {}
}

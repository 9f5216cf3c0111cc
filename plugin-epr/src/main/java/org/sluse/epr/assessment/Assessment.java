// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One instrument, answered or to be answered by one patient.
 *
 * @param language in which it is asked
 * @param practitioner who assigned it and is responsible
 * @param expiresAt until when it can be answered, exclusive
 * @param savedAt when the last answer was saved
 * @param completedAt when the patient sent it
 * @param answers in the instrument's order, at most one for each item
 */
public record Assessment(UUID id, UUID patient, Instrument instrument, String language, String practitioner,
        State state, Instant assignedAt, Instant expiresAt,
        Optional<Instant> savedAt, Optional<Instant> completedAt, List<Answer> answers) {

    /** Where an assessment is in its life. */
    public enum State {
        /** Nothing answered yet; DRAFT, COMPLETED or WITHDRAWN may follow. */
        ASSIGNED,
        /** Some answers are saved; COMPLETED or WITHDRAWN may follow. */
        DRAFT,
        /** Sent by the patient; final. */
        COMPLETED,
        /** Taken back by the practitioner; final. */
        WITHDRAWN
    }

    public Assessment {
        answers = List.copyOf(answers);
    }

    /** Whether the patient may still answer. */
    public boolean isOpenAt(Instant now) {
        return (state == State.ASSIGNED || state == State.DRAFT) && now.isBefore(expiresAt);
    }

    /** The total; empty as long as it is not completed, and when an item was declined. */
    public Optional<AssessmentScore> score() {
        return state == State.COMPLETED ? AssessmentScore.of(instrument, answers) : Optional.empty();
    }

    /** The answer to an item. */
    public Optional<Answer> answer(String linkId) {
        return answers.stream().filter(answer -> answer.linkId().equals(linkId)).findFirst();
    }
}

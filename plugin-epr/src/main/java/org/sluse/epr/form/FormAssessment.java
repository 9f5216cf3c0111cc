// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sluse.epr.assessment.Assessment.State;

/**
 * A questionnaire of the clinic's own, answered or to be answered by one patient.
 *
 * @param language in which it is asked
 * @param practitioner who assigned it and is responsible
 * @param state as of an assessment of the catalogue
 * @param expiresAt until when it can be answered, exclusive
 * @param savedAt when answers were saved last
 * @param completedAt when the patient sent it
 * @param version of the answers: another one after each save
 * @param answered how many of the questions that are asked have an answer
 * @param asked how many questions are asked, with the answers as they are
 */
public record FormAssessment(UUID id, UUID patient, Form form, String language, String practitioner, State state,
        Instant assignedAt, Instant expiresAt, Optional<Instant> savedAt, Optional<Instant> completedAt, int version,
        int answered, int asked) {

    /** Whether the patient may still answer. */
    public boolean isOpenAt(Instant now) {
        return (state == State.ASSIGNED || state == State.DRAFT) && now.isBefore(expiresAt);
    }
}

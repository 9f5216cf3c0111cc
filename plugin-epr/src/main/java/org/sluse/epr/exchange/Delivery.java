// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The way of what a patient has sent into the record.
 *
 * @param assessment id of it, of the catalogue or of a form
 * @param reason why a person is needed, in states PARKED, REFUSED and GIVEN_UP
 * @param attempts how often it was sent
 * @param sentNumber the patient's number that it was last sent with; empty as long as it was not
 * @param location type and id in the record, once it is there
 * @param life what happened, the oldest first
 */
record Delivery(UUID id, UUID assessment, UUID patient, State state, Optional<String> reason, int attempts,
        Instant nextAttempt, Optional<String> sentNumber, Optional<String> location,
        List<Event> life) {

    /** Where it is. Until it is DELIVERED, REFUSED or GIVEN_UP it holds back later ones of the same patient. */
    enum State {
        /** To be sent as soon as possible. */
        QUEUED,
        /** Being sent; found like this at the start of a run, an earlier run was cut off: the outcome is unknown. */
        SENDING,
        /** Sent, and no answer came; looked for before it is sent again. */
        UNKNOWN,
        /** To be sent again later. */
        WAITING,
        /** In the record. */
        DELIVERED,
        /** No one or several people in the record have the number; a person must put that right and send again. */
        PARKED,
        /** The record said no; a person must send again. */
        REFUSED,
        /** Tried often enough; a person must send again. */
        GIVEN_UP;

        boolean needsAPerson() {
            return this == PARKED || this == REFUSED || this == GIVEN_UP;
        }
    }

    /** The same, sent with this number. */
    Delivery sentAs(Optional<String> number) {
        return new Delivery(id, assessment, patient, state, reason, attempts, nextAttempt, number, location, life);
    }

    /** @param what key of its text, {@code life.<what>} */
    record Event(Instant at, String what, Optional<String> detail) {}
}

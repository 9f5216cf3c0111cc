// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A patient answered the safety item with more than "not at all".
 *
 * @param code the gravest choice so far; changing the answer back does not take the flag away
 */
public record SafetyFlag(UUID assessment, String linkId, String code, Instant raisedAt,
        Optional<Acknowledged> acknowledged) {

    /**
     * A practitioner has looked.
     *
     * @param by id in the clinic's list of people
     * @param note what was done, 1 to 2,000 characters
     */
    public record Acknowledged(Instant at, String by, String note) {}
}

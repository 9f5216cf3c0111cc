// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.time.Duration;
import java.time.Instant;

/**
 * Who looks at a safety question that nobody has reviewed.
 *
 * @param practitioner id in the clinic's list of people
 * @param after how long nobody may have reviewed it, {@value #SHORTEST} minutes to {@value #LONGEST} minutes
 * @param setAt since when
 */
record Deputy(String practitioner, Duration after, Instant setAt) {

    static final int SHORTEST = 5;
    /** A week. */
    static final int LONGEST = 10_080;

    Deputy {
        if (!isAllowed(after.toMinutes())) {
            throw new IllegalArgumentException("A deputy looks after " + after.toMinutes() + " minutes; right would be "
                    + SHORTEST + " to " + LONGEST);
        }
    }

    static boolean isAllowed(long minutes) {
        return minutes >= SHORTEST && minutes <= LONGEST;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the operator sets for the logs.
 *
 * @param betweenCheckpoints {@code sluse.log.checkpoint-seconds}: how long a log that is written to waits for its next checkpoint, 1 to 60 seconds; default 60. What is younger is not proved
 */
record LogSettings(Duration betweenCheckpoints) {

    /** What {@code docs/log.md} and the pages say: at most a minute. */
    private static final int LONGEST_SECONDS = 60;

    /** @param values by name of the setting @throws IllegalArgumentException when one is not as it should be */
    static LogSettings of(Function<String, Optional<String>> values) {
        var seconds = values.apply("sluse.log.checkpoint-seconds").orElse(Integer.toString(LONGEST_SECONDS)).strip();
        if (!seconds.matches("[1-9]\\d?") || Integer.parseInt(seconds) > LONGEST_SECONDS) {
            throw new IllegalArgumentException("sluse.log.checkpoint-seconds is '" + seconds
                    + "'; right would be a number from 1 to " + LONGEST_SECONDS);
        }
        return new LogSettings(Duration.ofSeconds(Integer.parseInt(seconds)));
    }
}

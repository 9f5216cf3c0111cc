// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.certificate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The certificate that is shown now.
 *
 * @param until its last moment
 * @param unusable why the operator's files, which have changed since, cannot replace it; absent when they are what is shown
 */
record Shown(Instant until, Optional<String> unusable) {

    /** Certificates that last some weeks are renewed by machines, a third of their time before the end; this is when one of them has failed for a while. */
    private static final Duration SOON = Duration.ofDays(21);

    /** What somebody must do something about; absent when nobody must. */
    Optional<Alarm> alarm(Instant now) {
        if (!now.isBefore(until)) {
            return Optional.of(Alarm.ENDED);
        }
        return unusable.isPresent()
                ? Optional.of(Alarm.FILES_NOT_USABLE)
                : Optional.of(Alarm.ENDS_SOON).filter(any -> now.plus(SOON).isAfter(until));
    }

    /** Why somebody is called. */
    enum Alarm {
        ENDS_SOON, ENDED, FILES_NOT_USABLE
    }

    /** Whole days that are left, 0 on the last and after it. */
    long daysLeft(Instant now) {
        return Math.max(0, Duration.between(now, until).toDays());
    }
}

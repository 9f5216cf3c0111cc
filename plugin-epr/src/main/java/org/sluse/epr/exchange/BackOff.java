// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import java.time.Duration;
import java.util.UUID;

/** How long to wait before the next attempt: 5 s, growing 2.5 times, at most 6 h, up to a fifth more or less so that many do not come at once. */
final class BackOff {

    /** Attempts after which a person must send again; they span about 15 hours. */
    static final int LAST_ATTEMPT = 12;

    private static final double FIRST_SECONDS = 5;
    private static final double GROWTH = 2.5;
    private static final double LONGEST_SECONDS = Duration.ofHours(6).toSeconds();

    private BackOff() {}

    /** @param attempts made so far, from 1; the spread comes from the delivery's id, so that it needs no random number */
    static Duration after(int attempts, UUID delivery) {
        var seconds = Math.min(LONGEST_SECONDS, FIRST_SECONDS * Math.pow(GROWTH, attempts - 1));
        var spread = 0.8 + 0.4 * Math.floorMod(delivery.hashCode() * 31 + attempts, 1000) / 1000;
        return Duration.ofMillis(Math.round(seconds * spread * 1000));
    }
}

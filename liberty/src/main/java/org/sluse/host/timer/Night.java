// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.sluse.tenant.TenantId;

/** When a clinic's turn is: between one and four o'clock in UTC, each at a minute of its own, so that not all databases are opened at once. A pure function. */
final class Night {

    private static final LocalTime BEGINS = LocalTime.of(1, 0);
    private static final int MINUTES = 180;

    private Night() {
    }

    /** The first turn after this time. */
    static Instant next(TenantId tenant, Instant after) {
        var minute = Math.floorMod(tenant.value().hashCode(), MINUTES);
        var today = after.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atTime(BEGINS)
                .plusMinutes(minute)
                .toInstant(ZoneOffset.UTC);
        return today.isAfter(after) ? today : today.plus(Duration.ofDays(1));
    }
}

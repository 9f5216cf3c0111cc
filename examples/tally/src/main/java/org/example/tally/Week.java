// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * A week from Monday to Sunday (UTC).
 *
 * @param monday its first day
 */
public record Week(LocalDate monday) {

    public Week {
        if (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
            throw new IllegalArgumentException("'" + monday + "' is no Monday; right would be the first day of a week");
        }
    }

    /** The week of a moment. */
    static Week of(Instant moment) {
        return new Week(LocalDate.ofInstant(moment, ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    /** Its first moment. */
    Instant start() {
        return monday.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first moment of the next. */
    Instant end() {
        return monday.plusWeeks(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

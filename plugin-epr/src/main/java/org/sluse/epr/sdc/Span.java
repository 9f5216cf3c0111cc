// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;

/**
 * The time that a date of FHIR stands for: a day is all of it (FHIR R4, search, "date"). Without an offset it is read as UTC.
 *
 * @param from inclusive
 * @param to inclusive
 */
record Span(Instant from, Instant to) {

    /** Empty for what is no date, or has none. */
    static Optional<Span> of(Base value) {
        return switch (value) {
            case BaseDateTimeType time when time.hasValue() -> Optional.of(of(time));
            case Period period when period.hasStart() || period.hasEnd() -> Optional.of(new Span(
                    period.hasStart() ? of(period.getStartElement()).from() : Instant.MIN,
                    period.hasEnd() ? of(period.getEndElement()).to() : Instant.MAX));
            default -> Optional.empty();
        };
    }

    private static Span of(BaseDateTimeType time) {
        var zone = time.getTimeZone() == null ? ZoneOffset.UTC : time.getTimeZone().toZoneId();
        var from = from(time, zone);
        var to = switch (time.getPrecision()) {
            case YEAR -> from.plusYears(1);
            case MONTH -> from.plusMonths(1);
            case DAY -> from.plusDays(1);
            case MINUTE -> from.plusMinutes(1);
            case SECOND -> from.plusSeconds(1);
            case MILLI -> from.plusNanos(1_000_000);
        };
        return new Span(from.toInstant(), to.toInstant().minusNanos(1));
    }

    private static ZonedDateTime from(BaseDateTimeType time, ZoneId zone) {
        if (time.getPrecision().compareTo(TemporalPrecisionEnum.DAY) > 0) {
            return time.getValue().toInstant().atZone(zone);
        }
        // HAPI reads a day in the zone of the machine, which is nobody's.
        return ZonedDateTime.of(time.getYear(),
                time.getPrecision() == TemporalPrecisionEnum.YEAR ? 1 : time.getMonth() + 1,
                time.getPrecision() == TemporalPrecisionEnum.DAY ? time.getDay() : 1, 0, 0, 0, 0, zone);
    }
}

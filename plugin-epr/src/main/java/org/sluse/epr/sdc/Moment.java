// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * When expressions are evaluated, which is what {@code now()} and {@code today()} say, in UTC: no clock is asked, so that the same input always says the same.
 *
 * @param at empty where nobody knows
 */
record Moment(Optional<Instant> at) {

    /** When a response was written. */
    static Moment of(QuestionnaireResponse response) {
        return new Moment(Span.of(response.getAuthoredElement()).map(Span::from));
    }

    static Moment of(Instant at) {
        return new Moment(Optional.of(at));
    }

    /** @throws IllegalArgumentException nobody knows */
    DateTimeType now() {
        return new DateTimeType(Date.from(known()), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    /** @throws IllegalArgumentException nobody knows */
    DateType today() {
        return new DateType(known().atZone(ZoneOffset.UTC).toLocalDate().toString());
    }

    private Instant known() {
        return at.orElseThrow(() -> new IllegalArgumentException(
                "nobody knows when this is; right would be a response that says when it was authored"));
    }
}

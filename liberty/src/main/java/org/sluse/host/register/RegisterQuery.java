// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.sluse.host.text.Language;
import org.sluse.problem.ProblemException;

/** What somebody who reads a register asks for. */
public class RegisterQuery {

    /** Two letters; English when we do not speak it. */
    @QueryParam("lang")
    @DefaultValue("en")
    String lang = "en";

    /** {@code json}, {@code csv}, {@code text} or {@code pdf}. */
    @QueryParam("format")
    @DefaultValue("json")
    String format = "json";

    /** An instant, or a day whose last moment in UTC is meant; empty for now. */
    @QueryParam("as-of")
    @DefaultValue("")
    String asOf = "";

    Language language() {
        return Language.of(lang).orElse(Language.EN);
    }

    /** @throws ProblemException {@code problem/not-allowed-value} when it is neither a day nor an instant */
    Optional<Instant> instant() {
        try {
            if (asOf.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(asOf.length() == 10
                    ? LocalDate.parse(asOf).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1)
                    : Instant.parse(asOf));
        } catch (DateTimeException malformed) {
            throw ProblemException.notAllowed("/as-of", "as-of",
                    "This is no date; right would be 2026-11-24 or 2026-11-24T10:41:00Z");
        }
    }
}

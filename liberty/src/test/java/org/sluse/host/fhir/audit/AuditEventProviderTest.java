// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir.audit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked of the trail by FHIR's words. */
class AuditEventProviderTest {

    @ParameterizedTest
    @ValueSource(strings = {"2026", "2026-11-23", "eq2026-11-23", "ge2026-11-23T10:00:00Z", "sa2026", "eb2026"})
    void a_date_has_a_prefix_that_is_kept_to_or_none(String date) {
        assertThatCode(() -> AuditEventProvider.requirePlain(Map.of("date", new String[]{date})))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ne2026-11-23", "ap2026-11-23", "yesterday", ""})
    void another_prefix_is_refused_and_not_taken_for_that_day(String date) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> AuditEventProvider.requirePlain(Map.of("date", new String[]{date})))
                .withMessageContaining("right would be eq");
    }

    @ParameterizedTest
    @ValueSource(strings = {"date:missing", "patient:identifier", "action:not", "agent:Patient"})
    void a_modifier_is_refused_and_not_passed_over(String name) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> AuditEventProvider.requirePlain(Map.of(name, new String[]{"true"})))
                .withMessageContaining("has a modifier");
    }
}

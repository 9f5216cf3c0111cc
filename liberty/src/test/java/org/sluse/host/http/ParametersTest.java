// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Times in addresses. */
class ParametersTest {

    @Test
    void a_day_is_its_first_moment_and_nothing_is_nothing() {
        assertThat(Parameters.time("2026-11-23", "from")).hasValue(Instant.parse("2026-11-23T00:00:00Z"));
        assertThat(Parameters.time("9999-12-31T23:59:59Z", "from")).isPresent();
        assertThat(Parameters.time(" ", "from")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "+300000-01-01T00:00:00Z", "-9999-01-01T00:00:00Z",
            "0000-01-01", "soon"})
    void what_is_no_time_that_a_database_has_is_refused(String time) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Parameters.time(time, "from"))
                .extracting(ProblemException::problem)
                .isEqualTo(Problem.NOT_ALLOWED_VALUE);
    }
}

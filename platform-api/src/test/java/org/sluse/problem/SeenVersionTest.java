// SPDX-License-Identifier: Apache-2.0
package org.sluse.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code If-Match} says of the version that is there, as RFC 9110, 13.1.1 has it. */
class SeenVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", " \"3\" ", "\"2\", \"3\"", "\"2\",\"3\"", "*"})
    void whoever_has_seen_the_version_that_is_there_may_correct_it(String header) {
        assertThatCode(() -> SeenVersion.of(header).require(3)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"33\"", "W/\"3\"", "3", "", "\"2\", W/\"3\"", "\"*\""})
    void whoever_has_seen_another_is_told_to_read_it_anew(String header) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> SeenVersion.of(header).require(3))
                .satisfies(refused -> assertThat(refused.problem())
                        .isEqualTo(Problem.CHANGED_MEANWHILE));
    }

    @Test
    void whoever_does_not_say_is_asked_to() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> SeenVersion.of(null).require(3))
                .withMessageContaining("right would be If-Match")
                .satisfies(refused -> assertThat(refused.problem())
                        .isEqualTo(Problem.VERSION_NOT_SAID));
    }
}

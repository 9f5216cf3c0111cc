// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTest {

    @ParameterizedTest
    @CsvSource({"anna,anna", "Jørn M,J%C3%B8rn%20M", "' anna\t',anna", "anna@north,anna%40north"})
    void who_calls_is_the_account_in_letters_that_a_header_has(String user, String said) {
        assertThat(Operator.account(user)).contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?"})
    void an_account_without_a_name_says_nothing(String user) {
        assertThat(Operator.account(user)).isEmpty();
    }

    @Test
    void of_a_long_one_64_letters_are_said() {
        assertThat(Operator.account("a".repeat(200))).contains("a".repeat(64));
    }
}

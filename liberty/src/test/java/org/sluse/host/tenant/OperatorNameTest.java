// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorNameTest {

    @ParameterizedTest
    @CsvSource({"anna,anna", "J%C3%B8rn%20M,Jørn M", "J%C3%B8rn+M,Jørn M", "%20anna%20,anna", "%F0%9F%98%80,😀"})
    void a_header_has_it_percent_encoded(String header, String name) {
        assertThat(OperatorName.ofHeader(header).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%20", "a%00", "a%0Ab", "a%1B[2J", "a%E2%80%AEb", "a%E2%80%A8b", "%", "%zz"})
    void what_prints_nothing_or_something_else_than_it_says_is_no_name(String header) {
        assertThatIllegalArgumentException().isThrownBy(() -> OperatorName.ofHeader(header));
    }

    @Test
    void it_has_64_characters_at_most() {
        assertThat(new OperatorName("😀".repeat(64)).value()).hasSize(128);
        assertThatIllegalArgumentException().isThrownBy(() -> new OperatorName("a".repeat(65)))
                .withMessage("An operator's name has 1 to 64 printable characters");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishTest {

    @ParameterizedTest
    @CsvSource({"OFF, OFF, false", "OFF, ASKED, true", "OFF, ON, true", "ASKED, OFF, true", "ASKED, ASKED, false",
            "ASKED, ON, true", "ON, OFF, true", "ON, ASKED, false", "ON, ON, false"})
    void follows_only_as_the_table_says(Wish before, Wish after, boolean may) {
        assertThat(after.mayFollow(before)).isEqualTo(may);
    }
}

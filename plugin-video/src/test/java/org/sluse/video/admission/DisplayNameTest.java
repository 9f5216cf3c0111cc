// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"Kari", "K. N.", "Åse-Marie", "Patient 4", "O’Neil", "李", "Practitioner 1", "Anna 2000",
            "Kari at work"})
    void takes_names_and_initials(String name) {
        assertThat(DisplayName.refusal(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"' ',required", "01019012345,looks-like-national-id", "010190 12345,looks-like-national-id",
            "900101-1234,looks-like-national-id",
            "+47 400 00 001,looks-like-phone", "Kari 40 00 00,looks-like-phone", "kari@example.org,looks-like-email",
            "kari at example.org,looks-like-email",
            "kari [at] example,looks-like-email",
            "01.02.1990,looks-like-date",
            "1990-02-01,looks-like-date", "Kari 1/2/90,looks-like-date", "٠١٠١٩٠١٢٣٤٥,looks-like-national-id"})
    void refuses_what_says_more_than_a_name(String name, String code) {
        assertThat(DisplayName.refusal(name)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ka\nri", "Ka\u200Bri", "\u202EiraK", "<b>Kari"})
    void refuses_signs_that_cannot_be_seen_and_those_that_mark_up_a_page(String name) {
        assertThat(DisplayName.refusal(name)).contains("not-printable");
    }
}

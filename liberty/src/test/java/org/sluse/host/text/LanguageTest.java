// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource({"en,EN", "en-GB,EN", "EN,EN", "nb,NB", "nb-NO,NB", "no,NB", "nn,NB", "nn-NO,NB", "de,DE", "de-AT,DE"})
    void a_code_names_one_of_three(String code, Language language) {
        assertThat(Language.of(code)).contains(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "fr", "english", "e", "../en", "*"})
    void any_other_code_names_none(String code) {
        assertThat(Language.of(code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"nb-NO,nb;q=0.9,en;q=0.8 | NB", "fr,de;q=0.5,en;q=0.4 | DE",
            "en;q=0.3,de;q=0.7 | DE", "fr | EN", "'' | EN",
            "* | EN", ";;;=,q | EN", "de;q=2 | EN"})
    void the_browser_asks_in_the_order_of_its_wishes(String header, Language language) {
        assertThat(Language.choose(Optional.empty(), header)).isEqualTo(language);
    }

    @Test
    void what_the_person_chose_comes_before_the_browser() {
        assertThat(Language.choose(Optional.of("nb"), "de")).isEqualTo(Language.NB);
        assertThat(Language.choose(Optional.of("fr"), "de")).isEqualTo(Language.DE);
    }
}

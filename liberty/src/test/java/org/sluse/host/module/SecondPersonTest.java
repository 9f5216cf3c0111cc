// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.host.gate.Toggles.Wanted;
import org.sluse.host.gate.Wish;

class SecondPersonTest {

    @Test
    void is_needed_where_data_about_health_leaves_this_machine() {
        assertThat(SecondPerson.isNeeded(List.of(recipient("https://record.example/fhir", DataCategory.ASSESSMENT))))
                .isTrue();
        assertThat(SecondPerson.isNeeded(List.of(recipient("https://record.example/fhir", DataCategory.DISPLAY_NAME))))
                .isFalse();
        assertThat(SecondPerson.isNeeded(List.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/sandbox", "http://localhost/x", "http://[::1]:9/x"})
    void is_not_needed_for_a_record_on_this_machine(String address) {
        assertThat(SecondPerson.isNeeded(List.of(recipient(address, DataCategory.ASSESSMENT)))).isFalse();
    }

    @Test
    void is_needed_again_for_somebody_who_was_not_there_before() {
        var here = recipient("http://127.0.0.1/x", DataCategory.ASSESSMENT);
        var there = recipient("https://record.example/fhir", DataCategory.ASSESSMENT);
        var elsewhere = recipient("https://other.example/fhir", DataCategory.ASSESSMENT);

        assertThat(SecondPerson.isNeeded(List.of(here), List.of(there))).isTrue();
        assertThat(SecondPerson.isNeeded(List.of(there), List.of(elsewhere))).isTrue();
        assertThat(SecondPerson.isNeeded(List.of(there), List.of(there))).isFalse();
        assertThat(SecondPerson.isNeeded(List.of(there), List.of(here))).isFalse();
    }

    @Test
    void is_there_when_somebody_else_has_asked() {
        assertThat(SecondPerson.isThere(wanted(Wish.ASKED, "administrator-1"), "administrator-2")).isTrue();
        assertThat(SecondPerson.isThere(wanted(Wish.ASKED, "administrator-1"), "administrator-1")).isFalse();
        assertThat(SecondPerson.isThere(wanted(Wish.OFF, "administrator-1"), "administrator-2")).isFalse();
    }

    private static Wanted wanted(Wish wish, String by) {
        return new Wanted(wish, Optional.of(by), Optional.empty(), 1);
    }

    private static Recipient recipient(String address, DataCategory category) {
        return new Recipient("record", "Record AS", "Street 1", "NO", "service", "basis", Set.of(category),
                List.of(URI.create(address)), Map.of(), List.of(), List.of());
    }
}

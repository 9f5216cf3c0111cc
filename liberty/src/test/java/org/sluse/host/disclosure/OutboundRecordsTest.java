// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Impersonal;
import org.sluse.disclosure.Outbound;

class OutboundRecordsTest {

    @Outbound(to = "record")
    record Declared(@Carries(DataCategory.DISPLAY_NAME) String name,
            @Carries({DataCategory.ASSESSMENT, DataCategory.IDENTITY}) String score,
            @Impersonal("random") String room) {}

    @Outbound(to = "record")
    record Forgotten(@Impersonal("random") String room, String name) {}

    @Outbound(to = "record")
    record Both(@Carries(DataCategory.CONTACT) @Impersonal("no") String phone) {}

    record Unaddressed(@Impersonal("random") String room) {}

    @Test
    void a_record_that_is_wholly_declared_may_leave() {
        assertThatCode(() -> OutboundRecords.check(Declared.class)).doesNotThrowAnyException();
    }

    @Test
    void a_component_that_is_not_declared_is_refused_by_name() {
        assertThatIllegalStateException().isThrownBy(() -> OutboundRecords.check(Forgotten.class))
                .withMessage("Component 'name' of "
                        + Forgotten.class.getName()
                        + " is not declared; right would be exactly one of @Carries and @Impersonal");
    }

    @Test
    void a_component_cannot_be_personal_and_impersonal() {
        assertThatIllegalStateException().isThrownBy(() -> OutboundRecords.check(Both.class))
                .withMessageStartingWith("Component 'phone'");
    }

    @Test
    void a_record_that_does_not_say_to_whom_is_refused() {
        assertThatIllegalStateException().isThrownBy(() -> OutboundRecords.check(Unaddressed.class))
                .withMessageEndingWith("right would be @Outbound");
        assertThatIllegalStateException().isThrownBy(() -> OutboundRecords.recipient(new Unaddressed("1")));
    }

    @Test
    void a_record_says_to_whom_it_goes_and_everything_that_it_carries() {
        var payload = new Declared("Patient 4", "12", "room-1");

        assertThat(OutboundRecords.recipient(payload)).isEqualTo("record");
        assertThat(OutboundRecords.categories(Declared.class)).containsExactlyInAnyOrder(DataCategory.DISPLAY_NAME,
                DataCategory.ASSESSMENT,
                DataCategory.IDENTITY);
        assertThat(OutboundRecords.values(payload))
                .containsExactlyEntriesOf(ordered("name", "Patient 4", "score", "12", "room", "room-1"));
    }

    private static Map<String, Object> ordered(String... pairs) {
        var map = new java.util.LinkedHashMap<String, Object>();
        for (var index = 0; index < pairs.length; index += 2) {
            map.put(pairs[index], pairs[index + 1]);
        }
        return map;
    }
}

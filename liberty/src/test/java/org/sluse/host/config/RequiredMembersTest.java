// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredMembersTest {

    private final ObjectMapper json = new HostBeans().json();

    record Person(String name, int age, Optional<String> note, @Nullable String nick, List<Address> addresses) {}

    record Address(String street) {}

    /** Its constructor takes what its component does not keep. */
    record Checked(String name) {

        Checked(@Nullable String name) {
            this.name = name == null ? "nobody" : name;
        }
    }

    @Test
    void what_may_be_absent_may_be_missing_or_null() throws JsonProcessingException {
        var absent = new Person("Nina", 7, Optional.empty(), null, List.of());

        assertThat(read("{'name': 'Nina', 'age': 7, 'addresses': []}")).isEqualTo(absent);
        assertThat(read("{'name': 'Nina', 'age': 7, 'note': null, 'nick': null, 'addresses': []}")).isEqualTo(absent);
        assertThat(json.readValue("{}", Checked.class)).isEqualTo(new Checked("nobody"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"{'age': 7, 'addresses': []} | /name",
            "{'name': null, 'age': 7, 'addresses': []} | /name", "{'name': 'Nina', 'addresses': []} | /age",
            "{'name': 'Nina', 'age': null, 'addresses': []} | /age", "{'name': 'Nina', 'age': 7} | /addresses",
            "{'name': 'Nina', 'age': 7, 'addresses': [{'street': 'A'}, {}]} | /addresses/1/street"})
    void what_must_be_there_is_named_when_it_is_not(String body, String pointer) {
        assertThatExceptionOfType(JsonMappingException.class).isThrownBy(() -> read(body))
                .satisfies(refused -> assertThat(refused.getPath()
                        .stream()
                        .map(RequiredMembersTest::step)
                        .collect(Collectors.joining())).isEqualTo(pointer));
    }

    private Person read(String body) throws JsonProcessingException {
        return json.readValue(body.replace('\'', '"'), Person.class);
    }

    private static String step(Reference step) {
        return "/" + (step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName());
    }
}

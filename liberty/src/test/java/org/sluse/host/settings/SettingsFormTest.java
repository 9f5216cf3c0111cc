// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.settings.Setting;

class SettingsFormTest {

    enum Room {
        KNOCKING, OPEN
    }

    record Example(@Setting(max = 5) String name, @Setting(byDefault = "30", min = 10, max = 60) int minutes,
            @Setting(byDefault = "true") boolean waiting,
            @Setting(byDefault = "KNOCKING") Room room, @Setting Optional<URI> base,
            @Setting(max = 8) Optional<Secret> key,
            @Setting Optional<String> note) {

        Example {
            if (name.equals("taken")) {
                throw ProblemException.notAllowed("/name", "name", "The name is taken");
            }
        }
    }

    private final SettingsForm<Example> form = SettingsForm.of(Example.class);

    @Test
    void gives_the_defaults_where_nothing_is_set() {
        assertThat(form.read(Map.of()))
                .isEqualTo(
                        new Example("", 30, true, Room.KNOCKING, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void gives_a_number_that_was_set_as_far_as_its_field_allows_it_by_now() {
        assertThat(form.number(Map.of(), "minutes")).isEqualTo(30);
        assertThat(form.number(Map.of("minutes", "45"), "minutes")).isEqualTo(45);
        assertThat(form.number(Map.of("minutes", "90"), "minutes")).isEqualTo(60);
    }

    @Test
    void makes_the_record_from_text() {
        var values = Map.of("name", "video", "minutes", "45", "waiting", "false", "room", "OPEN", "base",
                "https://record.example/fhir", "key", "secret-1",
                "note", "a note");

        assertThat(form.read(values)).isEqualTo(
                new Example("video", 45, false, Room.OPEN, Optional.of(URI.create("https://record.example/fhir")),
                        Optional.of(new Secret("secret-1")), Optional.of("a note")));
    }

    @Test
    void knows_what_kind_of_input_each_field_needs() {
        assertThat(form.fields()).extracting(SettingsForm.Field::kind)
                .containsExactly(SettingsForm.Kind.TEXT, SettingsForm.Kind.INTEGER,
                        SettingsForm.Kind.BOOLEAN, SettingsForm.Kind.CHOICE, SettingsForm.Kind.URL,
                        SettingsForm.Kind.SECRET, SettingsForm.Kind.TEXT);
        assertThat(form.fields()).filteredOn(SettingsForm.Field::optional)
                .extracting(SettingsForm.Field::name)
                .containsExactly("base", "key", "note");
        assertThat(form.fields().get(3).options()).containsExactly("KNOCKING", "OPEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "60"})
    void takes_a_number_on_its_bounds(String minutes) {
        form.check(Map.of("minutes", minutes));

        assertThat(form.read(Map.of("minutes", minutes)).minutes()).isEqualTo(Integer.parseInt(minutes));
    }

    @ParameterizedTest
    @CsvSource({"minutes,9", "minutes,61", "minutes,-30", "minutes,3.5", "minutes,99999999999", "minutes,many",
            "waiting,yes", "waiting,TRUE", "room,open",
            "room,LOCKED", "name,sixsix", "base,epr.test", "base,ftp://epr.test", "base,https:///fhir",
            "base,https://user:pw@epr.test",
            "base,https://epr.test/?q=1", "base,https://epr.test/#a", "base,https://epr test",
            "base,mailto:a@b.example",
            "key,123456789"})
    void refuses_a_value_outside_its_bounds(String name, String value) {
        assertThat(refused(Map.of(name, value))).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo("/" + name);
            assertThat(error.detail()).as("never the value").doesNotContain(value);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b"})
    void refuses_control_characters(String value) {
        assertThat(refused(Map.of("name", value))).extracting(FieldError::pointer).containsExactly("/name");
    }

    @Test
    void refuses_a_name_that_is_no_setting() {
        assertThat(refused(Map.of("nmae", "video"))).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo("/nmae");
            assertThat(error.code()).isEqualTo("unknown-setting");
        });
    }

    @Test
    void tells_every_error_at_once() {
        assertThat(refused(Map.of("minutes", "9", "waiting", "yes", "room", "LOCKED", "other", "1")))
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder("/minutes", "/waiting", "/room", "/other");
    }

    @Test
    void passes_on_what_the_record_itself_refuses() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> form.check(Map.of("name", "taken")))
                .withMessage("The name is taken");
    }

    @Test
    void takes_a_trailing_slash_from_an_address() {
        assertThat(form.read(Map.of("base", "https://record.example/fhir/")).base())
                .contains(URI.create("https://record.example/fhir"));
    }

    record Undeclared(String name) {}

    record Unknown(@Setting long count) {}

    @Test
    void refuses_a_record_with_a_component_that_is_not_declared() {
        assertThatIllegalStateException().isThrownBy(() -> SettingsForm.of(Undeclared.class))
                .withMessageContaining("Setting 'name'")
                .withMessageContaining("right would be @Setting");
        assertThatIllegalStateException().isThrownBy(() -> SettingsForm.of(Unknown.class))
                .withMessageStartingWith("A setting cannot be a long");
    }

    private List<FieldError> refused(Map<String, String> values) {
        var thrown = catchThrowableOfType(ProblemException.class, () -> form.check(values));
        assertThat(thrown.problem()).isEqualTo(Problem.NOT_ALLOWED_VALUE);
        return thrown.errors();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sluse.testkit.KnownTenant;

class EprTextsTest {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)[,}]");

    @Test
    void every_language_has_every_text_with_the_same_arguments() {
        var english = texts("en");
        for (var language : List.of("nb", "de")) {
            var other = texts(language);
            assertThat(other.stringPropertyNames()).as(language).isEqualTo(english.stringPropertyNames());
            english.stringPropertyNames()
                    .forEach(key -> assertThat(arguments(other, key)).as(language + " " + key)
                            .isEqualTo(arguments(english, key)));
        }
    }

    @Test
    void every_text_of_the_manifest_is_there() {
        var plugin = new EprPlugin();
        var recipient = plugin.recipients(Clinic.SETTINGS).getFirst();
        var activity = plugin.activity();

        assertThat(texts("en").stringPropertyNames())
                .contains(activity.purpose(), activity.subjects(), activity.data(), activity.retention(),
                        activity.legalBasis(),
                        recipient.serviceKey(), recipient.legalBasisKey())
                .containsAll(recipient.fieldKeys())
                .contains(plugin.acknowledgements(Clinic.SETTINGS).getFirst().text());
    }

    @Test
    void nobody_receives_anything_and_the_module_is_not_ready_without_a_record() {
        var plugin = new EprPlugin();
        var empty = new EprSettings("", "", "", java.util.Optional.empty(), java.util.Optional.empty(), "urn:oid:1.2",
                "116 123", "112", false);

        assertThat(plugin.recipients(empty)).isEmpty();
        assertThat(plugin.ready(KnownTenant.CLINIC_NORTH, empty).reasons()).extracting("key")
                .containsExactly("ready.no-record", "ready.no-name");
        assertThat(plugin.ready(KnownTenant.CLINIC_NORTH, Clinic.SETTINGS).isReady()).isTrue();
    }

    private static Set<String> arguments(Properties texts, String key) {
        var found = new TreeSet<String>();
        ARGUMENT.matcher(texts.getProperty(key)).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static Properties texts(String language) {
        var texts = new Properties();
        var name = "/META-INF/sluse/epr/messages_" + language + ".properties";
        try (var reader = new InputStreamReader(
                Objects.requireNonNull(EprTextsTest.class.getResourceAsStream(name), name), StandardCharsets.UTF_8)) {
            texts.load(reader);
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

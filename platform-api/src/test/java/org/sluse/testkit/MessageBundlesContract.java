// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the texts of a plugin, and of the host, have in common in nb, de and en. Each owner extends it with its own folder's name. */
public abstract class MessageBundlesContract {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)(?=[,}])");
    private static final Pattern NOT_OUR_VOICE = Pattern
            .compile("(?i)!|\\b(please|sorry|oops|invalid|vennligst|bitte|ungültig|ugyldig)\\b");

    private final String owner;

    /** @param owner the folder below {@code META-INF/sluse/}: a plugin's id, or {@code kit} */
    protected MessageBundlesContract(String owner) {
        this.owner = owner;
    }

    /** The bundle of one language, by key. */
    protected final Map<String, String> bundle(String language) {
        var file = "/META-INF/sluse/" + owner + "/messages_" + language + ".properties";
        try (var stream = getClass().getResourceAsStream(file)) {
            assertThat(stream).as(file).isNotNull();
            var properties = new Properties();
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            var texts = new TreeMap<String, String>();
            properties.forEach((key, value) -> texts.put((String) key, (String) value));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nb", "de"})
    void has_the_same_keys_as_english(String language) {
        assertThat(bundle(language).keySet()).as("keys of messages_%s", language).isEqualTo(bundle("en").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nb", "de"})
    void names_the_same_arguments_as_english(String language) {
        var translated = bundle(language);
        bundle("en").forEach((key, english) -> assertThat(arguments(translated.getOrDefault(key, "")))
                .as("arguments of %s in messages_%s", key, language)
                .isEqualTo(arguments(english)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nb", "de", "en"})
    void has_a_text_with_closed_braces_for_each_key(String language) {
        bundle(language).forEach((key, text) -> {
            assertThat(text).as("%s in messages_%s", key, language).isNotBlank();
            assertThat(text.chars().filter(each -> each == '{').count())
                    .as("braces of %s in messages_%s", key, language)
                    .isEqualTo(text.chars().filter(each -> each == '}').count());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"nb", "de", "en"})
    void has_another_form_for_each_plural(String language) {
        bundle(language).forEach((key, text) -> {
            if (text.contains(", plural,")) {
                assertThat(text).as("%s in messages_%s", key, language).contains("other {");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"nb", "de", "en"})
    void speaks_plainly(String language) {
        bundle(language).forEach((key, text) -> assertThat(NOT_OUR_VOICE.matcher(spoken(key, text)).find())
                .as("'%s' of %s in messages_%s begs, blames or shouts", text, key, language)
                .isFalse());
    }

    @Test
    void is_not_empty() {
        assertThat(bundle("en")).isNotEmpty();
    }

    /** What of a text is in our own voice: everything, unless the owner quotes somebody (an instrument's question). */
    protected String spoken(String key, String text) {
        return text;
    }

    private static TreeSet<String> arguments(String text) {
        var found = new TreeSet<String>();
        ARGUMENT.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }
}

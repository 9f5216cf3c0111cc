// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

    private static final Pattern NAMED = Pattern.compile("(?<![\\w.])t\\('([^']+)'");

    @ParameterizedTest
    @ValueSource(strings = {"nb", "de"})
    void each_language_has_each_text_with_the_same_arguments(String language) throws IOException {
        var english = texts("en");
        var other = texts(language);

        assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(arguments(other.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
        }
    }

    @Test
    void each_text_that_a_page_names_is_there() throws IOException, URISyntaxException {
        var named = new TreeMap<String, Path>();
        var texts = Objects
                .requireNonNull(MessagesTest.class.getResource("/META-INF/sluse/video/messages_en.properties"));
        try (var files = Files.list(Path.of(texts.toURI()).getParent())) {
            for (var file : files.filter(each -> each.toString().endsWith(".js")).toList()) {
                NAMED.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> named.put(found.group(1), file.getFileName()));
            }
        }
        assertThat(named).as("keys found in the pages").hasSizeGreaterThan(100);

        named.keySet().removeAll(texts("en").stringPropertyNames());

        assertThat(named).as("keys without a text, and the page that names them").isEmpty();
    }

    private static TreeSet<String> arguments(String text) {
        var names = new TreeSet<String>();
        Pattern.compile("\\{(\\w+)[,}]")
                .matcher(text)
                .results()
                .filter(found -> text.charAt(Math.max(0, found.start() - 1)) != ' ' || !text.contains("plural"))
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    private static Properties texts(String language) throws IOException {
        var texts = new Properties();
        try (var in = Objects.requireNonNull(
                MessagesTest.class.getResourceAsStream("/META-INF/sluse/video/messages_" + language + ".properties"))) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }
}

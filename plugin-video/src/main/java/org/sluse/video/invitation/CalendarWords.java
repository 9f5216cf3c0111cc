// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.invitation;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.sluse.problem.ProblemException;

/** What stands in a calendar, in the language of the page that asks: a file has no page that could translate it. */
record CalendarWords(String summary, String open, String phone) {

    private static final List<String> LANGUAGES = List.of("nb", "de", "en");

    /** @throws ProblemException when it is none of the languages of the pages */
    static CalendarWords in(String language) {
        if (!LANGUAGES.contains(language)) {
            throw ProblemException.notAllowed("/language", "not-one-of",
                    "This is no language of the pages; right would be one of " + LANGUAGES);
        }
        var texts = new Properties();
        var file = "/META-INF/sluse/video/messages_" + language + ".properties";
        try (var in = Objects.requireNonNull(CalendarWords.class.getResourceAsStream(file), file)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new CalendarWords(texts.getProperty("calendar.summary"), texts.getProperty("calendar.open"),
                texts.getProperty("phone"));
    }

    /** @param clinicPhone empty when there is none */
    String description(Optional<String> clinicPhone) {
        return clinicPhone.map(number -> open + "\n" + phone.replace("{phone}", number)).orElse(open);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.testkit.ManualClock;

class CalendarFileTest {

    @Test
    void is_one_event_that_every_calendar_reads() {
        assertThat(file("Appointment on video", "Open the link").text()).isEqualTo("""
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Sluse//Video//EN
                BEGIN:VEVENT
                UID:random
                DTSTAMP:20261123T120000Z
                DTSTART:20261123T130000Z
                DTEND:20261123T134500Z
                SUMMARY:Appointment on video
                DESCRIPTION:Open the link
                CLASS:PRIVATE
                END:VEVENT
                END:VCALENDAR
                """.replace("\n", "\r\n"));
    }

    @Test
    void takes_every_sign_for_what_it_is() {
        assertThat(file("a,b;c\\d", "one\ntwo\r\nthree\u0007").text()).contains("SUMMARY:a\\,b\\;c\\\\d\r\n",
                "DESCRIPTION:one\\ntwo\\nthree\r\n");
        assertThat(file("END:VEVENT\r\nATTENDEE:x", "").text()).doesNotContain("\r\nATTENDEE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"å", "x", "漢", "🙂"})
    void folds_long_lines_between_characters(String letter) {
        var summary = letter.repeat(400);

        var text = file(summary, "").text();

        assertThat(text.lines()).allSatisfy(
                line -> assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75));
        assertThat(text.replace("\r\n ", "")).contains("SUMMARY:" + summary + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nb", "de", "en"})
    void says_in_each_language_where_to_come_in_and_whom_to_call(String language) {
        var words = CalendarWords.in(language);

        assertThat(words.summary()).isNotBlank();
        assertThat(words.description(Optional.of("+47 22 00 00 00"))).contains("+47 22 00 00 00").doesNotContain("{");
        assertThat(words.description(Optional.empty())).isNotBlank().doesNotContain("\n");
    }

    @Test
    void begins_before_it_ends() {
        var noon = ManualClock.NOON;

        assertThatIllegalArgumentException().isThrownBy(() -> new CalendarFile("random", noon, noon, noon, "a", "b"))
                .withMessageContaining("right would be after");
    }

    private static CalendarFile file(String summary, String description) {
        var start = ManualClock.NOON.plus(Duration.ofHours(1));
        return new CalendarFile("random", ManualClock.NOON, start, start.plus(Duration.ofMinutes(45)), summary,
                description);
    }
}

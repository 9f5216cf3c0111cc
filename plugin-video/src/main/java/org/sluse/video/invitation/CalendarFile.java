// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.invitation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An appointment as calendars take it (RFC 5545). Calendars are synchronised to third parties, so that it holds no name, no clinic and no link.
 *
 * @param id random: nothing else that we keep has it
 * @param made when the file was
 * @param end after {@code start}
 * @param summary one line in the reader's language
 * @param description may have several lines
 */
record CalendarFile(String id, Instant made, Instant start, Instant end, String summary, String description) {

    /** "Lines of text SHOULD NOT be longer than 75 octets, excluding the line break" (3.1). */
    private static final int LONGEST_LINE = 75;
    private static final String BREAK = "\r\n";
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    CalendarFile {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "The appointment ends at '" + end + "', before it begins; right would be after '" + start + "'");
        }
    }

    /** The whole file, to be written as UTF-8. */
    String text() {
        return Stream.of("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sluse//Video//EN", "BEGIN:VEVENT",
                "UID:" + escaped(id), "DTSTAMP:" + UTC.format(made), "DTSTART:" + UTC.format(start),
                "DTEND:" + UTC.format(end), "SUMMARY:" + escaped(summary), "DESCRIPTION:" + escaped(description),
                "CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR")
                .map(CalendarFile::folded)
                .collect(Collectors.joining(BREAK, "", BREAK));
    }

    /** "BACKSLASH, COMMA, SEMICOLON and line breaks MUST be escaped" (3.3.11); other control characters have no place in a text (3.1). */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n")
                .replaceAll("\\p{Cntrl}", "");
    }

    /** A long line goes on in the next one, behind a space; no character is cut in two. */
    private static String folded(String line) {
        var folded = new StringBuilder();
        var octets = 0;
        for (var character : characters(line)) {
            var its = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + its > LONGEST_LINE) {
                folded.append(BREAK).append(' ');
                octets = 1;
            }
            folded.append(character);
            octets += its;
        }
        return folded.toString();
    }

    private static List<String> characters(String line) {
        return line.codePoints().mapToObj(Character::toString).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sluse.problem.ProblemException;

/** Reads what stands in the query of an address. */
public final class Parameters {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private Parameters() {
    }

    /** What was given; empty for nothing, and for blanks. */
    public static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(given -> !given.isEmpty());
    }

    /**
     * A time, or a day whose first moment in UTC is meant; empty for nothing.
     *
     * @throws ProblemException {@code problem/not-allowed-value} when it is neither, or not {@link #isOfCalendar}
     */
    public static Optional<Instant> time(@Nullable String text, String name) {
        try {
            var time = text(text).map(given -> Instant.parse(given.length() == 10 ? given + "T00:00:00Z" : given));
            if (time.filter(given -> !isOfCalendar(given)).isPresent()) {
                throw ProblemException.notAllowed("/" + name, "time",
                        "This is a time of another age; right would be one in the years 1 to 9999");
            }
            return time;
        } catch (DateTimeParseException notATime) {
            throw ProblemException.notAllowed("/" + name, "time",
                    "This is not a time; right would be one like 2026-11-23T12:00:00Z, or a day like 2026-11-23");
        }
    }

    /** Whether it is in the years 1 to 9999, UTC: Java knows times that a database does not. */
    public static boolean isOfCalendar(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(AFTER_LAST);
    }

    /** As {@link #time(String, String)}. */
    public static Instant time(@Nullable String text, String name, Instant otherwise) {
        return time(text, name).orElse(otherwise);
    }

    /** Of the last row that is known: what follows it, follows it in time and then by id. */
    public static <T> Optional<T> id(@Nullable String text, Function<String, T> read) {
        try {
            return text(text).map(read);
        } catch (IllegalArgumentException notAnId) {
            throw ProblemException.notAllowed("/beforeId", "id",
                    "This is not the id of a row; right would be that of the last row that is known");
        }
    }

    /** One of these words, in any case. @throws ProblemException {@code problem/not-allowed-value} for another */
    public static <E extends Enum<E>> Optional<E> oneOf(@Nullable String text, String name, Class<E> words) {
        return text(text).map(given -> java.util.Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> ProblemException.notAllowed("/" + name, name, "There is no such " + name
                        + "; right would be one of " + java.util.List.of(words.getEnumConstants()))));
    }
}

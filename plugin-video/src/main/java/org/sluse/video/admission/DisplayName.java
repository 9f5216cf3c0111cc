// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import java.util.Optional;
import java.util.regex.Pattern;
import org.sluse.problem.ProblemException;

/**
 * The name that a participant shows to the others, and the only personal thing that a join token carries.
 *
 * @param value 1 to 64 printable characters without surrounding space and without those that mark up a page ({@code <>}); nothing that looks like a national id, a phone number, an e-mail
 *            address or a date
 */
public record DisplayName(String value) {

    private static final int LONGEST = 64;
    private static final Pattern UNPRINTABLE = Pattern.compile("[<>\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");
    private static final Pattern EMAIL = Pattern
            .compile("\\S@\\S|\\S+\\s*[(\\[]at[)\\]]\\s*\\S+|\\S+\\s+at\\s+\\S+(\\.|\\s+dot\\s+)\\S+",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE = Pattern.compile(
            "(?<!\\p{Nd})([0-3]?\\p{Nd}[./ -]\\s?[0-3]?\\p{Nd}[./ -]\\s?(\\p{Nd}{4}|\\p{Nd}{2})|\\p{Nd}{4}[./-]\\p{Nd}{1,2}[./-]\\p{Nd}{1,2})(?!\\p{Nd})");
    private static final Pattern NATIONAL_ID = Pattern
            .compile("\\p{Nd}{6}[ .+-]?\\p{Nd}{4,5}|\\p{Nd}{3}-\\p{Nd}{2}-\\p{Nd}{4}|\\p{Nd}{9,}");

    public DisplayName {
        value = value.strip();
        var name = value;
        refusal(name).ifPresent(code -> {
            throw ProblemException.notAllowed("/displayName", code,
                    "The display name is refused (" + code
                            + "); right would be a first name or initials, 1 to 64 characters");
        });
    }

    /** Why {@code name} cannot be shown, as the code of a field error; empty when it can. */
    public static Optional<String> refusal(String name) {
        if (name.isBlank()) {
            return Optional.of("required");
        }
        if (name.codePointCount(0, name.length()) > LONGEST || name.length() > LONGEST) {
            return Optional.of("too-long");
        }
        if (UNPRINTABLE.matcher(name).find()) {
            return Optional.of("not-printable");
        }
        if (EMAIL.matcher(name).find()) {
            return Optional.of("looks-like-email");
        }
        if (DATE.matcher(name).find()) {
            return Optional.of("looks-like-date");
        }
        if (NATIONAL_ID.matcher(name).find()) {
            return Optional.of("looks-like-national-id");
        }
        // Five digits are more than anybody's initials need, however they are spaced.
        return name.codePoints().filter(Character::isDigit).count() >= 5
                ? Optional.of("looks-like-phone")
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "[display name]";
    }
}

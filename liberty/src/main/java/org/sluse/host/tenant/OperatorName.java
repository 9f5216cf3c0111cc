// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.tenant;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What one of the operator's people calls themselves: the account of the operating system on which they call {@code sluse}. It is said and not proved.
 *
 * @param value 1 to 64 printable characters, surrounding blanks removed
 */
public record OperatorName(String value) {

    /** The header that carries it, percent-encoded, since a header has no letters but those of ASCII (RFC 9110, 5.5). */
    public static final String HEADER = "X-Sluse-Operator";

    private static final int LONGEST = 64;

    public OperatorName {
        value = value.strip();
        if (value.isEmpty() || value.codePointCount(0, value.length()) > LONGEST
                || !value.codePoints().allMatch(OperatorName::isPrintable)) {
            throw new IllegalArgumentException("An operator's name has 1 to " + LONGEST + " printable characters");
        }
    }

    /** As it stands in the header. @throws IllegalArgumentException for what is no name */
    public static OperatorName ofHeader(String encoded) {
        return new OperatorName(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    }

    /** Neither what moves the cursor nor what turns the direction of what follows, so that a row says what it shows. */
    private static boolean isPrintable(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}

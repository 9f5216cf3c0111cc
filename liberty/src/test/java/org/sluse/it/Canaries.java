// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a text in bytes that may have dressed it up: encoded for an address, for JSON, as base64 or hexadecimal, or inside a signed token. */
final class Canaries {

    /** What must never leave: a Norwegian national id with right check digits, a phone number, an e-mail address and a date of birth. */
    static final List<String> PERSONAL = List.of("15076500565", "+4791234567", "zebra@finch.example", "1965-07-15");

    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9_+/-]{16,}={0,2}");

    private Canaries() {
    }

    /** Everything personal in one line of at most 80 characters, to type into any field that takes free text. */
    static String inOneLine() {
        return String.join(" ", PERSONAL);
    }

    /** Whether {@code canary} is in {@code bytes} in some form. */
    static boolean isIn(String bytes, String canary) {
        return Stream.of(bytes, decoded(bytes)).anyMatch(text -> forms(canary).anyMatch(text::contains));
    }

    private static Stream<String> forms(String canary) {
        var utf8 = canary.getBytes(StandardCharsets.UTF_8);
        return Stream.of(canary, canary.toUpperCase(Locale.ROOT), canary.toLowerCase(Locale.ROOT),
                URLEncoder.encode(canary, StandardCharsets.UTF_8), canary.replace("+", ""), canary.replace("-", ""),
                canary.replace("+", "\\u002b").replace("@", "\\u0040"), HexFormat.of().formatHex(utf8),
                new String(canary.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1));
    }

    /** Every run of characters that could be base64, with each of the four places where it may begin, decoded. */
    static String decoded(String bytes) {
        var all = new StringBuilder();
        var matcher = ENCODED.matcher(bytes);
        while (matcher.find()) {
            var run = matcher.group().replace("=", "").replace('-', '+').replace('_', '/');
            for (var offset = 0; offset < 4 && run.length() - offset >= 4; offset++) {
                var part = run.substring(offset);
                var whole = part.substring(0, part.length() % 4 == 1 ? part.length() - 1 : part.length());
                all.append(new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1)).append('\n');
            }
        }
        return all.toString();
    }
}

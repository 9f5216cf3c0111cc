// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that the product speaks. */
public enum Language {
    EN, NB, DE;

    /** As in {@code lang} attributes and file names (BCP 47). */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language with this code; empty for any other. Norwegian in general is read as Bokmål. */
    public static Optional<Language> of(String code) {
        var primary = code.split("-", 2)[0].toLowerCase(Locale.ROOT);
        return switch (primary) {
            case "no", "nn" -> Optional.of(NB);
            default -> Arrays.stream(values()).filter(language -> language.code().equals(primary)).findFirst();
        };
    }

    /** What the person chose, or else the first language of the browser that the product speaks (RFC 9110, 12.5.4), or else English. */
    public static Language choose(Optional<String> chosen, String acceptLanguage) {
        return chosen.flatMap(Language::of)
                .orElseGet(() -> ranges(acceptLanguage).stream()
                        .map(range -> of(range.getRange()))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(EN));
    }

    private static List<Locale.LanguageRange> ranges(String header) {
        try {
            return header.isBlank() ? List.of() : Locale.LanguageRange.parse(header);
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }
}

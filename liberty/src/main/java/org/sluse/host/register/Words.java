// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.util.function.Function;
import org.sluse.host.text.Language;

/** One text in every language of the product, so that the past can be read in each of them when its bundle is long gone. */
public record Words(String de, String en, String nb) {

    /** What {@code text} says in each language. */
    static Words of(Function<Language, String> text) {
        return new Words(text.apply(Language.DE), text.apply(Language.EN), text.apply(Language.NB));
    }

    /** The text in this language. */
    public String in(Language language) {
        return switch (language) {
            case DE -> de;
            case EN -> en;
            case NB -> nb;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

/**
 * Something about an answer that is to be put right.
 *
 * @param key of the item ({@link Shown}); blank: the form as a whole
 * @param code what, for a program and as a key of texts, for example {@code required}
 * @param detail what belongs into that text: a bound, or the form's own words for {@code constraint}; blank for nothing
 * @param holds whether the form cannot be sent so; else it is a word of advice
 */
public record Finding(String key, String code, String detail, boolean holds) {

    Finding(String key, String code, Object detail) {
        this(key, code, String.valueOf(detail), true);
    }

    Finding(String key, String code) {
        this(key, code, "", true);
    }
}

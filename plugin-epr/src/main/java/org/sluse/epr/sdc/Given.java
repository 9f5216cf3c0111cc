// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.Optional;

/**
 * An answer as somebody put it in.
 *
 * @param option id of a choice ({@link Shown.Choice}); absent for what is written
 * @param text what was written: {@code true}, a number with point or comma, {@code 2026-11-28}, {@code 2026-11-28T10:30+01:00}, {@code 10:30}, text, or a file in base 64
 * @param unit id of the unit of a quantity, or its text where none are offered
 * @param name of a file
 * @param type media type of a file
 * @param kept the place, from 0, of an answer that stays as it is: a file need not be sent twice
 */
public record Given(Optional<String> option, Optional<String> text, Optional<String> unit, Optional<String> name,
        Optional<String> type, Optional<Integer> kept) {

    /** The choice with this id. */
    public static Given option(String id) {
        return new Given(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** Something written. */
    public static Given text(String text) {
        return new Given(Optional.empty(), Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** A quantity. @param unit id, or text where none are offered */
    public static Given quantity(String number, String unit) {
        return new Given(Optional.empty(), Optional.of(number), Optional.of(unit), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** A file. @param data base 64 */
    public static Given file(String name, String type, String data) {
        return new Given(Optional.empty(), Optional.of(data), Optional.empty(), Optional.of(name), Optional.of(type),
                Optional.empty());
    }
}

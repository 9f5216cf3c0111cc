// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.List;
import java.util.Optional;

/**
 * An item of a form as somebody who answers it sees it now: what is not to be seen is not among those.
 *
 * @param key where an answer goes, unique in the form, for example {@code 0.0/3}: the fourth item of the first group
 * @param type the code that FHIR R4 has for it: {@code group}, {@code display}, {@code boolean} ... {@code quantity}
 * @param text in the language asked for; blank where the item has none
 * @param prefix what stands before the text, for example {@code 3a}; blank for nothing
 * @param help what stands below the text
 * @param control how the form wants it drawn, for example {@code drop-down}; blank where it does not say
 * @param options what can be chosen, in the form's order
 * @param open whether something else than the options can be written
 * @param units of a quantity; none where any may be written
 * @param hint how it is written, for example {@code YYYY}; blank for nothing
 * @param links addresses with more about it
 * @param values the answers
 * @param occurrence of a group that repeats, from 1; 0 for what does not repeat as a whole
 * @param about the answer above that this belongs to, where there are several; blank elsewhere
 * @param items of a group, or below an answer
 */
public record Shown(String key, String linkId, String type, String text, String prefix, List<String> help,
        boolean required, boolean repeats, boolean readOnly, String control, List<Choice> options, boolean open,
        List<Choice> units, String hint, Bounds bounds, List<String> links, List<Value> values, int occurrence,
        boolean mayAdd, boolean mayRemove, String about, List<Shown> items) {

    public Shown {
        help = List.copyOf(help);
        options = List.copyOf(options);
        units = List.copyOf(units);
        links = List.copyOf(links);
        values = List.copyOf(values);
        items = List.copyOf(items);
    }

    /** One that can be chosen. @param id a number as text, from 0 */
    public record Choice(String id, String text, boolean exclusive) {}

    /**
     * What a browser can help to keep to. Absent: the form sets no such bound.
     *
     * @param maxLength in characters
     * @param files media types of attachments; none for any
     */
    public record Bounds(Optional<String> min, Optional<String> max, Optional<Integer> maxLength, List<String> files) {

        public Bounds {
            files = List.copyOf(files);
        }
    }

    /**
     * One answer, to be shown and to be put in again.
     *
     * @param option id of the choice; absent for what was written
     * @param text as people read it; a number with a point, a day as {@code 2026-11-28}
     * @param unit id of the unit, or its text where none are offered
     * @param file of an attachment
     */
    public record Value(Optional<String> option, String text, Optional<String> unit, Optional<File> file) {}

    /**
     * An attachment.
     *
     * @param type media type
     * @param bytes its size
     * @param data in base 64; absent where it was not asked for
     */
    public record File(String name, String type, int bytes, Optional<String> data) {}

    /** Whether something can be put in. */
    public boolean isQuestion() {
        return !type.equals("group") && !type.equals("display");
    }
}

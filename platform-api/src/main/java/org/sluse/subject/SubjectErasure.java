// SPDX-License-Identifier: Apache-2.0
package org.sluse.subject;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of a person's data in a plugin, or would.
 *
 * @param ids under which the audit trail has the person; empty when nothing is kept, and only then
 * @param erased how many rows of which table, as in the data map; in the order of their names
 * @param kept what stays, and why
 */
public record SubjectErasure(Set<String> ids, Map<String, Integer> erased, List<Kept> kept) {

    /** Nothing is kept under the id. */
    public static final SubjectErasure NOTHING = new SubjectErasure(Set.of(), Map.of(), List.of());

    public SubjectErasure {
        ids = Set.copyOf(ids);
        erased = Collections.unmodifiableMap(new TreeMap<>(erased));
        erased.values().forEach(SubjectErasure::checkCount);
        kept = List.copyOf(kept);
        if (ids.isEmpty() && !(erased.isEmpty() && kept.isEmpty())) {
            throw new IllegalArgumentException(
                    "Something is erased or kept, and no id says whose it is; right would be each id under which the audit trail has the person");
        }
    }

    /** Whether nothing was kept under the id. */
    public boolean isNothing() {
        return ids.isEmpty();
    }

    private static void checkCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("What there is none of is not named; right would be 1 or more");
        }
    }

    /**
     * Something that stays.
     *
     * @param objects how many, 1 or more
     * @param whatKey what it is, in words; key of the plugin's message bundles
     * @param whyKey why it stays; key of the plugin's message bundles
     */
    public record Kept(int objects, String whatKey, String whyKey) {

        public Kept {
            checkCount(objects);
        }
    }
}

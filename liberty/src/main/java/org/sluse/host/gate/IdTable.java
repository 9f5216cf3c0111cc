// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Gives each of a fixed set of ids a slot, so that what is known of an id can lie in plain arrays. Immutable.
 *
 * <p>Open addressing, at most half full: most questions end at the first look, in one line of memory. The map of the JDK walks three
 * objects for it, and the gate is asked at each request, message, timer and disclosure.
 *
 * @param <K> an id: a record with the hash of its text
 */
final class IdTable<K> {

    /** What {@link #slotOf} says of an id that is not in the table. */
    static final int ABSENT = -1;

    // 2^32 divided by the golden ratio: spreads hashes that differ in their low bits only, as those of clinic-1 and clinic-2 do (Knuth, TAOCP 3, 6.4).
    private static final int SPREAD = 0x9E3779B9;

    private final @Nullable Object[] keys;
    private final int shift;

    /** @param ids each at most once */
    IdTable(Collection<K> ids) {
        var bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, ids.size()) * 2 - 1);
        keys = new @Nullable Object[1 << bits];
        shift = Integer.SIZE - bits;
        for (var id : ids) {
            var slot = first(id);
            while (keys[slot] != null) {
                slot = next(slot);
            }
            keys[slot] = id;
        }
    }

    /** How many slots there are: the length of an array that is indexed by slot. */
    int slots() {
        return keys.length;
    }

    /** Where the id is, 0 to {@link #slots()} exclusive, or {@link #ABSENT}. */
    int slotOf(K id) {
        var slot = first(id);
        while (true) {
            var key = keys[slot];
            if (key == id) {
                return slot;
            }
            if (key == null) {
                return ABSENT;
            }
            if (key.equals(id)) {
                return slot;
            }
            slot = next(slot);
        }
    }

    private int first(K id) {
        return id.hashCode() * SPREAD >>> shift;
    }

    private int next(int slot) {
        return slot + 1 & keys.length - 1;
    }
}

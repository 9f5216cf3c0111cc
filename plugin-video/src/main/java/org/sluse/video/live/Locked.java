// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Things by key, made when they are first needed and dropped when they are empty; each is acted on under a lock of its own. Thread-safe. */
final class Locked<K, V> {

    private final Map<K, V> things = new ConcurrentHashMap<>();
    private final Supplier<V> make;
    private final Predicate<V> isEmpty;

    Locked(Supplier<V> make, Predicate<V> isEmpty) {
        this.make = make;
        this.isEmpty = isEmpty;
    }

    /** Acts on the thing of the key, under its lock. */
    void in(K key, Consumer<V> act) {
        while (true) {
            var thing = things.computeIfAbsent(key, absent -> make.get());
            synchronized (thing) {
                if (things.get(key) != thing) {
                    // Emptied and taken out while this thread waited for it.
                    continue;
                }
                try {
                    act.accept(thing);
                } finally {
                    if (isEmpty.test(thing)) {
                        things.remove(key, thing);
                    }
                }
                return;
            }
        }
    }

    /** Drops those with such a key, whatever is in them. */
    void forget(Predicate<K> which) {
        things.keySet().removeIf(which);
    }
}

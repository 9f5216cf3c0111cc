// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.disclosure.Breakers.Way;
import org.sluse.host.gate.Killed;
import org.sluse.host.gate.GateKeeper;

/** What is on its way out of this node; it is broken off when its module goes off, its recipient is stopped, or this node no longer knows what is in force. Thread-safe. */
@OnePerNode
final class UnderWay {

    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();

    /** Something on its way. */
    static final class Entry {

        private final Way way;
        private final Runnable breakOff;
        private volatile boolean brokenOff;

        private Entry(Way way, Runnable breakOff) {
            this.way = way;
            this.breakOff = breakOff;
        }

        /** Whether it was we who ended it, so that it says nothing about the recipient. */
        boolean isBrokenOff() {
            return brokenOff;
        }
    }

    /** From now on it is broken off by this, which does not block. Whoever begins asks the gate once more afterwards, and ends it in the end. */
    Entry begin(Way way, Runnable breakOff) {
        var entry = new Entry(way, breakOff);
        entries.add(entry);
        return entry;
    }

    void end(Entry entry) {
        entries.remove(entry);
    }

    void switched(@Observes GateKeeper.Switched change) {
        if (!change.on()) {
            breakOff(way -> way.tenant().equals(change.tenant().id()) && way.plugin().equals(change.plugin()));
        }
    }

    void killed(@Observes Killed killed) {
        breakOff(way -> killed.plugin().equals(way.plugin())
                && killed.recipient().filter(way.recipient()::equals).isPresent());
    }

    void lapsed(@Observes GateKeeper.Lapsed lapsed) {
        breakOff(any -> true);
    }

    private void breakOff(Predicate<Way> whose) {
        entries.forEach(entry -> {
            if (whose.test(entry.way)) {
                entry.brokenOff = true;
                entry.breakOff.run();
            }
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.written;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.host.config.OnePerNode;

/** The logs to which this node has committed entries since they were taken last, so that nobody has to look at the databases of all clinics. Thread-safe; never blocks for long. */
@OnePerNode
public final class Written {

    private final Map<LogId, Instant> since = new ConcurrentHashMap<>();

    /** Entries were committed, the first of which says this time. */
    public void committed(LogId log, Instant at) {
        since.merge(log, at, (one, other) -> one.isBefore(other) ? one : other);
    }

    /** Every such log with the earliest time; they are forgotten here. */
    public Map<LogId, Instant> take() {
        var taken = new HashMap<LogId, Instant>();
        since.keySet().forEach(log -> {
            var at = since.remove(log);
            if (at != null) {
                taken.put(log, at);
            }
        });
        return taken;
    }
}

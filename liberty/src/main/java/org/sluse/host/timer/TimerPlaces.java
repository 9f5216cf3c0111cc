// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

import dev.failsafe.Bulkhead;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** What the timers of a plugin may take: so many threads on this node, whatever the clinic, and one of its places at the clinic. Thread-safe. */
final class TimerPlaces {

    private final Map<PluginId, Bulkhead<Object>> threads = new ConcurrentHashMap<>();
    private final Bulkheads bulkheads;
    private final int threadsOfAPlugin;

    /** @param threadsOfAPlugin fewer than there are, so that a plugin whose timers hang leaves some to the others */
    TimerPlaces(Bulkheads bulkheads, int threadsOfAPlugin) {
        this.bulkheads = bulkheads;
        this.threadsOfAPlugin = threadsOfAPlugin;
    }

    /** Runs the timer when there is a thread and a place for it. @return when it is due again; {@code later} when it was not run */
    Optional<Instant> run(PluginId plugin, TenantId tenant, Instant later, Supplier<Optional<Instant>> timer) {
        var ofPlugin = threads.computeIfAbsent(plugin, any -> Bulkhead.of(threadsOfAPlugin));
        if (!ofPlugin.tryAcquirePermit()) {
            return Optional.of(later);
        }
        try {
            var free = bulkheads.take(tenant, plugin);
            if (free.isEmpty()) {
                return Optional.of(later);
            }
            try (var place = free.get()) {
                return timer.get();
            }
        } finally {
            ofPlugin.releasePermit();
        }
    }
}

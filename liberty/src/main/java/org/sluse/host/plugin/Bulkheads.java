// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.plugin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.failsafe.Bulkhead;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sluse.host.config.OnePerNode;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/**
 * How much a plugin may work on at once for one clinic on this node, requests, messages of sockets and timers together: one that hangs there takes no thread from another.
 * Thread-safe.
 */
@OnePerNode
public final class Bulkheads {

    /** Places of a plugin at a clinic. */
    public static final int AT_ONCE = 64;

    /** Weak, and held by each place that is taken: they are forgotten once nobody is at work, and never while something hangs, however long. */
    private final LoadingCache<Key, Bulkhead<Object>> bulkheads = Caffeine.newBuilder()
            .weakValues()
            .build(any -> Bulkhead.of(AT_ONCE));

    private record Key(TenantId tenant, PluginId plugin) {}

    /** A place that is taken until it is closed; closing it again does nothing. Thread-safe. */
    public static final class Place implements AutoCloseable {

        private final AtomicReference<@Nullable Bulkhead<Object>> taken;

        private Place(Bulkhead<Object> taken) {
            this.taken = new AtomicReference<>(taken);
        }

        @Override
        public void close() {
            var bulkhead = taken.getAndSet(null);
            if (bulkhead != null) {
                bulkhead.releasePermit();
            }
        }
    }

    /** Takes a place for the plugin at the clinic; empty when all are taken. Never waits. */
    public Optional<Place> take(TenantId tenant, PluginId plugin) {
        return Optional.of(bulkheads.get(new Key(tenant, plugin))).filter(Bulkhead::tryAcquirePermit).map(Place::new);
    }
}

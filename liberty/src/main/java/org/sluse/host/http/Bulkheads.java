// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.failsafe.Bulkhead;
import java.time.Duration;
import org.sluse.host.config.OnePerNode;
import org.sluse.tenant.TenantId;

/** How many requests a plugin may work on at once for one clinic on this node: one that hangs there takes no thread from another. Thread-safe. */
@OnePerNode
final class Bulkheads {

    private static final int AT_ONCE = 64;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final LoadingCache<Key, Bulkhead<Object>> places = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED)
            .build(any -> Bulkhead.of(AT_ONCE));

    private record Key(TenantId tenant, String plugin) {}

    /** The places of a plugin at a clinic; whoever takes one gives it back. */
    Bulkhead<Object> of(TenantId tenant, String plugin) {
        return places.get(new Key(tenant, plugin));
    }
}

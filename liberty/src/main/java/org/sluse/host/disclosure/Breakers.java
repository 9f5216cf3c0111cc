// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.config.OnePerNode;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/**
 * Keeps a recipient that is slow or silent from holding more than its share, for each clinic, plugin and recipient on this node: eight calls at once, and after five in a row
 * without an answer none for 30 s, then one that tries. Thread-safe.
 */
@OnePerNode
final class Breakers {

    static final int AT_ONCE = 8;
    static final int SILENT_IN_A_ROW = 5;
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final LoadingCache<Way, Limits> ways = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED)
            .build(any -> new Limits(Bulkhead.of(AT_ONCE),
                    CircuitBreaker.builder()
                            .withFailureThreshold(SILENT_IN_A_ROW)
                            .withDelay(PAUSE)
                            .withSuccessThreshold(1)
                            .build()));

    /** From whom to whom. */
    record Way(TenantId tenant, PluginId plugin, String recipient) {}

    private record Limits(Bulkhead<Object> places, CircuitBreaker<Object> breaker) {}

    /** The right to make one call. Whoever has it says once how the call ended; saying it again changes nothing. */
    static final class Pass {

        private final Limits limits;
        private final AtomicBoolean over = new AtomicBoolean();

        private Pass(Limits limits) {
            this.limits = limits;
        }

        /** The recipient was there. */
        void answered() {
            end(limits.breaker()::recordSuccess);
        }

        /** It was not, or did not answer. */
        void silent() {
            end(limits.breaker()::recordFailure);
        }

        /** It was we who ended the call, which says nothing about the recipient. */
        void brokenOff() {
            end(() -> {
                // The one that tries has found nothing out, and nobody may try before somebody says how it ended.
                if (limits.breaker().isHalfOpen()) {
                    limits.breaker().recordFailure();
                }
            });
        }

        private void end(Runnable record) {
            if (over.compareAndSet(false, true)) {
                record.run();
                limits.places().releasePermit();
            }
        }
    }

    /** The right to make one call. @throws NotSentException when it may not be made */
    Pass enter(Way way) {
        var limits = ways.get(way);
        if (!limits.places().tryAcquirePermit()) {
            throw new NotSentException("Too many calls to the recipient are under way");
        }
        if (!limits.breaker().tryAcquirePermit()) {
            limits.places().releasePermit();
            throw new NotSentException("The recipient has not answered several times; it is tried again soon");
        }
        return new Pass(limits);
    }
}

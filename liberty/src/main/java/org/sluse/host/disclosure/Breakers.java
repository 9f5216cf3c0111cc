// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.failsafe.Bulkhead;
import dev.failsafe.BulkheadFullException;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import java.time.Duration;
import java.util.function.Supplier;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.NoAnswerException;
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

    private final LoadingCache<Way, FailsafeExecutor<Answer>> ways = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED)
            .build(any -> way());

    /** From whom to whom. */
    record Way(TenantId tenant, PluginId plugin, String recipient) {}

    /** Makes the call, or throws {@link NotSentException} without making it. */
    Answer call(Way way, Supplier<Answer> call) {
        try {
            return ways.get(way).get(call::get);
        } catch (BulkheadFullException full) {
            throw new NotSentException("Too many calls to the recipient are under way", full);
        } catch (CircuitBreakerOpenException open) {
            throw new NotSentException("The recipient has not answered several times; it is tried again soon", open);
        }
    }

    private static FailsafeExecutor<Answer> way() {
        return Failsafe.with(Bulkhead.<Answer>of(AT_ONCE),
                CircuitBreaker.<Answer>builder()
                        .handle(NotSentException.class, NoAnswerException.class)
                        .withFailureThreshold(SILENT_IN_A_ROW)
                        .withDelay(PAUSE)
                        .withSuccessThreshold(1)
                        .build());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.tenant.Source;

/**
 * How often the refusal of somebody unknown is written down, since anybody can have themselves refused as often as they like: once a minute for each {@link Kind}, on each node. What is
 * not written is counted, and the next row of its kind carries the number; where there is no next one for a day, or the node stops, the server's own log does. Thread-safe.
 */
@OnePerNode
public final class RefusalLimit {

    private static final Logger LOG = Logger.getLogger(RefusalLimit.class.getName());
    private static final Duration APART = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int MOST_KINDS = 10_000;

    private final Clock clock;
    private final Cache<Kind, Counted> counted;

    /**
     * Refusals that are alike.
     *
     * @param log a clinic's id, or {@link #OPERATOR}
     * @param act what was refused, in code's words
     * @param source where it came from
     */
    public record Kind(String log, String act, String reason, Source source) {

        /** The operator's log; no clinic's id. */
        public static final String OPERATOR = "";
    }

    /**
     * @param unwritten how many came since the last row and are in none
     * @param carried how many the newest refusal carries; empty when it is one of the unwritten
     */
    private record Counted(Instant writtenAt, int unwritten, OptionalInt carried) {

        Counted plus(int more) {
            return new Counted(writtenAt, unwritten + more, OptionalInt.empty());
        }
    }

    @Inject
    RefusalLimit(Clock clock) {
        this.clock = clock;
        this.counted = Caffeine.newBuilder()
                .maximumSize(MOST_KINDS)
                .expireAfterAccess(REMEMBERED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .removalListener(RefusalLimit::forgotten)
                .build();
    }

    /** One was refused. @return to be written down now, and how many before it are in no row; empty: it is counted, and not to be written */
    public OptionalInt admit(Kind kind) {
        var now = clock.instant();
        return counted.asMap().compute(kind, (any, before) -> {
            if (before == null) {
                return new Counted(now, 0, OptionalInt.of(0));
            }
            return isOver(before.writtenAt(), now)
                    ? new Counted(now, 0, OptionalInt.of(before.unwritten()))
                    : before.plus(1);
        }).carried();
    }

    /** A row that was admitted could not be written: it is counted, with those that it would have carried. */
    public void unwritten(Kind kind, int carried) {
        counted.asMap()
                .compute(kind, (any, before) -> before == null
                        ? new Counted(Instant.EPOCH, carried + 1, OptionalInt.empty())
                        : before.plus(carried + 1));
    }

    /** Also when the clock was set back: nobody waits for it to catch up. */
    private static boolean isOver(Instant writtenAt, Instant now) {
        return now.isBefore(writtenAt) || !now.isBefore(writtenAt.plus(APART));
    }

    /** Says in the server's log what no row will carry any more. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        counted.invalidateAll();
    }

    private static void forgotten(@Nullable Kind kind, @Nullable Counted last, RemovalCause cause) {
        if (cause != RemovalCause.REPLACED && kind != null && last != null && last.unwritten() > 0) {
            LOG.log(Level.WARNING, "refusals-unwritten log={0} act={1} reason={2} network={3} count={4}",
                    new Object[]{kind.log().equals(Kind.OPERATOR) ? "operator" : kind.log(), kind.act(), kind.reason(),
                            kind.source().network(), Integer.toString(last.unwritten())});
        }
    }
}

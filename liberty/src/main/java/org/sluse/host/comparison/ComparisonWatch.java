// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.comparison.ComparisonStore.ClinicSum;
import org.sluse.host.config.OnePerNode;

/** Looks every ten seconds which clinics the operator should know of, so that whoever asks this node waits for no database. */
@OnePerNode
public final class ComparisonWatch {

    private static final Logger LOG = Logger.getLogger(ComparisonWatch.class.getName());
    private static final long LOOK_SECONDS = 10;

    private final ScheduledExecutorService executor = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("comparisons").factory());
    private final ComparisonStore store;
    private final Clock clock;
    private volatile List<ClinicSum> attention = List.of();

    @Inject
    ComparisonWatch(ComparisonStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Looks from now on. */
    public void start() {
        executor.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        executor.shutdownNow();
    }

    /** As of the last look; see {@link ComparisonStore#attention}. */
    List<ClinicSum> attention() {
        return attention;
    }

    private void look() {
        try {
            attention = store.attention(clock.instant());
        } catch (RuntimeException unreachable) {
            // An executor would silently never call again; the next look is in ten seconds.
            LOG.log(Level.WARNING, "comparisons-not-looked-at cause={0}", unreachable.getClass().getName());
        }
    }
}

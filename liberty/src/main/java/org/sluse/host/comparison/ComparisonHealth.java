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
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.comparison.ComparisonStore.ClinicSum;
import org.sluse.host.config.OnePerNode;

/**
 * {@code /health/ready}: in how many clinics something has left that nobody had declared. A node is up all the same: it serves as well as before, and a person has to look.
 * Looks every ten seconds, so that the answer waits for nobody.
 */
@Readiness
@OnePerNode
public final class ComparisonHealth implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(ComparisonHealth.class.getName());
    private static final long LOOK_SECONDS = 10;

    private final ScheduledExecutorService executor = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("comparison-health").factory());
    private final ComparisonStore store;
    private final Clock clock;
    private volatile List<ClinicSum> attention = List.of();

    @Inject
    ComparisonHealth(ComparisonStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Looks from now on. */
    public void start() {
        executor.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        executor.shutdownNow();
    }

    private void look() {
        try {
            attention = store.attention(clock.instant());
        } catch (RuntimeException unreachable) {
            // An executor would silently never call again; the next look is in ten seconds.
            LOG.log(Level.WARNING, "comparisons-not-looked-at cause={0}", unreachable.getClass().getName());
        }
    }

    @Override
    public HealthCheckResponse call() {
        var now = attention;
        return HealthCheckResponse.named("disclosures")
                .up()
                .withData("undeclared", now.stream().filter(one -> one.undeclared() > 0).count())
                .withData("late", now.stream().filter(ClinicSum::isLate).count())
                .build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.sluse.host.comparison.ComparisonStore.Sum;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.look.Look;

/** Looks every ten seconds of how many clinics the operator should know, so that whoever asks this node waits for no database. */
@OnePerNode
public final class ComparisonWatch {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final Look look = new Look("comparisons");
    private final ComparisonStore store;
    private final Clock clock;
    private volatile Sum sum = Sum.NONE;

    @Inject
    ComparisonWatch(ComparisonStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Looks from now on. */
    public void start() {
        look.every(BETWEEN_LOOKS, () -> sum = store.sum(clock.instant()));
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }

    /** As of the last look. */
    Sum sum() {
        return sum;
    }
}

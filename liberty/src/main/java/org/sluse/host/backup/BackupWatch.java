// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.backup.BackupStore.Standing;
import org.sluse.host.config.OnePerNode;

/** Looks every ten seconds how it stands with the backups, so that whoever asks this node waits for no database. */
@OnePerNode
public final class BackupWatch {

    private static final Logger LOG = Logger.getLogger(BackupWatch.class.getName());
    private static final long LOOK_SECONDS = 10;

    private final ScheduledExecutorService executor = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("backups").factory());
    private final BackupStore store;
    private final Clock clock;
    private volatile Standing standing = new Standing(0, Optional.empty(), Optional.empty());

    @Inject
    BackupWatch(BackupStore store, Clock clock) {
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

    /** As of the last look. */
    Standing standing() {
        return standing;
    }

    private void look() {
        try {
            standing = store.standing(clock.instant());
        } catch (RuntimeException unreachable) {
            // An executor would silently never call again; the next look is in ten seconds.
            LOG.log(Level.WARNING, "backups-not-looked-at cause={0}", unreachable.getClass().getName());
        }
    }
}

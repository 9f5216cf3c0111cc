// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.look;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One thread that does what it is given, one after the other. What fails is logged as {@code look-failed} and done again: an executor alone would silently never call it again. The thread begins with the
 * first thing to do and is none that keeps a process alive. Thread-safe.
 */
public final class Look {

    private static final Logger LOG = Logger.getLogger(Look.class.getName());

    private final String name;
    private final ScheduledExecutorService thread;

    /** @param name of the thread, and in the log; lower-case letters and hyphens */
    public Look(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Does it now, and again each time so long after it has ended. */
    public void every(Duration between, Runnable look) {
        thread.scheduleWithFixedDelay(() -> succeeds(look), 0, between.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does it once, when its turn is, and again so long after it has failed. */
    public void once(Duration afterFailure, Runnable work) {
        thread.execute(() -> attempt(afterFailure, work));
    }

    private void attempt(Duration afterFailure, Runnable work) {
        if (!succeeds(work)) {
            thread.schedule(() -> attempt(afterFailure, work), afterFailure.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean succeeds(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | LinkageError failed) {
            LOG.log(Level.WARNING, "look-failed look={0} cause={1}", new Object[]{name, failed.getClass().getName()});
            return false;
        }
    }

    /** Interrupts what is under way and begins nothing any more. */
    public void stop() {
        thread.shutdownNow();
    }
}

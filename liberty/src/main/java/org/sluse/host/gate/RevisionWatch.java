// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.sluse.host.control.ControlDatabase;

/**
 * Has somebody look at the control database every 250 ms, on a thread and a connection of its own, so that no work of others delays it. A notification of PostgreSQL
 * makes it look at once; nothing rests on that, since a pooler may swallow it.
 */
final class RevisionWatch {

    private static final Logger LOG = Logger.getLogger(RevisionWatch.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(4);

    private final ControlDatabase control;
    private final Consumer<Handle> look;
    private final Runnable lost;
    private final Consumer<Handle> last;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("toggles").unstarted(this::watch);

    /**
     * @param look done on the connection, again and again
     * @param lost done when the database could not be looked at
     * @param last done on it when the watch is stopped, unless the database is out of reach
     */
    RevisionWatch(ControlDatabase control, Consumer<Handle> look, Runnable lost, Consumer<Handle> last) {
        this.control = control;
        this.look = look;
        this.lost = lost;
        this.last = last;
    }

    void start() {
        thread.start();
    }

    /** Returns when the last look is over, or after 4 s. */
    void stop() {
        stopping.countDown();
        try {
            thread.join(PATIENCE_TO_STOP);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (stopping.getCount() > 0) {
            try (var handle = control.watch()) {
                while (stopping.getCount() > 0) {
                    look.accept(handle);
                    awaitHint(handle);
                }
                last.accept(handle);
            } catch (Exception | LinkageError unreachable) {
                LOG.log(Level.WARNING, "toggles-not-read cause={0}", unreachable.getClass().getName());
                lost.run();
                pause();
            }
        }
    }

    private static void awaitHint(Handle handle) throws SQLException {
        handle.getConnection().unwrap(PGConnection.class).getNotifications((int) BETWEEN_LOOKS.toMillis());
    }

    private void pause() {
        try {
            if (stopping.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.FINE, "toggles-no-longer-watched");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}

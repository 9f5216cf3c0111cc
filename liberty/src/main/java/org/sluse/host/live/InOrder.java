// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does one thing after the other, on a virtual thread that ends when there is nothing to do. Thread-safe. */
final class InOrder implements Executor {

    private static final Logger LOG = Logger.getLogger(InOrder.class.getName());

    private final String name;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean working;

    /** @param name of its threads */
    InOrder(String name) {
        this.name = name;
    }

    @Override
    public void execute(Runnable work) {
        synchronized (waiting) {
            waiting.add(work);
            if (working) {
                return;
            }
            working = true;
        }
        Thread.ofVirtual().name(name).start(this::work);
    }

    /** How much has not begun yet. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void work() {
        while (true) {
            Runnable next;
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    working = false;
                    return;
                }
            }
            try {
                next.run();
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "not-done thread=" + name + " cause=" + failed.getClass().getName());
            }
        }
    }
}

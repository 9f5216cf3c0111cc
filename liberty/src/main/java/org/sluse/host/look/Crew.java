// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.look;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Work of which there is much, done by a few threads at once until none is left. */
public final class Crew {

    /** Whatever there is for ten thousand clinics opens the databases of so many at the same time. */
    public static final int AT_ONCE = 8;

    private Crew() {
    }

    /**
     * Returns when there is nothing left to do now, or when the calling thread is interrupted, and those who work with it.
     *
     * @param one does one thing, on any of the threads; whether there was one. Where it throws, that thread ends, and what it threw first is thrown when all have ended
     */
    public static void work(BooleanSupplier one) {
        // Mostly there is nothing, and one thread finds that out.
        if (!one.getAsBoolean()) {
            return;
        }
        var first = new AtomicReference<@Nullable RuntimeException>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0; number < AT_ONCE; number++) {
                threads.execute(() -> untilNothingIsLeft(one, first));
            }
        }
        var failed = first.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static void untilNothingIsLeft(BooleanSupplier one, AtomicReference<@Nullable RuntimeException> first) {
        try {
            while (!Thread.currentThread().isInterrupted() && one.getAsBoolean()) {
                // What is done is done, whatever becomes of the next.
            }
        } catch (RuntimeException failed) {
            first.compareAndSet(null, failed);
        }
    }
}

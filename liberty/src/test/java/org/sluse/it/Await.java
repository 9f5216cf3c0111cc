// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a fact. */
public final class Await {

    private Await() {
    }

    /** Returns as soon as the fact is there; fails with its name when it is not within the time. */
    public static void until(String fact, long time, TimeUnit unit, BooleanSupplier isThere) {
        var deadline = System.nanoTime() + unit.toNanos(time);
        while (!isThere.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + time + " " + unit + ": " + fact);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}

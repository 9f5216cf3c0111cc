// SPDX-License-Identifier: Apache-2.0
package org.sluse.timer;

/** Wakes timers of the plugin into which it is injected, for the bound tenant. Thread-safe. */
public interface Timers {

    /** Runs the named timer as soon as possible. The host wakes every timer of a plugin by itself when it is switched on. */
    void wake(String name);
}

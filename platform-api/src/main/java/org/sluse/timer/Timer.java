// SPDX-License-Identifier: Apache-2.0
package org.sluse.timer;

import java.time.Instant;
import java.util.Optional;

/** A named alarm clock of a plugin: at most one pending alarm for each tenant. A CDI bean. */
public interface Timer {

    /** Unique in the plugin; lower-case letters and hyphens. */
    String name();

    /**
     * Does what is due for the bound tenant. Never runs twice at the same time for one tenant. May block.
     *
     * @param now the time at which the run began
     * @return when to run again at the latest; empty to sleep until woken. When it throws, it runs again after a minute
     */
    Optional<Instant> run(Instant now);
}

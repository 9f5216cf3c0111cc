// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.retention;

import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.timer.NightTimer;

/** Deletes, each night, at each clinic, what has been kept for long enough. */
@OnePerNode
final class RetentionNight implements NightTimer {

    @Inject
    Retention retention;

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public void run() {
        retention.run();
    }
}

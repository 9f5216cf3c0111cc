// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.timer.NightTimer;

/** Compares, each night, for each clinic. */
@OnePerNode
final class ComparisonNight implements NightTimer {

    @Inject
    Comparisons comparisons;

    @Override
    public String name() {
        return "comparison";
    }

    @Override
    public void run() {
        comparisons.compare();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.tenant.Binding;
import org.sluse.host.timer.NightTimer;
import org.sluse.host.written.LogId;

/** Looks through each clinic's log, each night, for entries that a node which died has left without a place; then proves all of it. */
@OnePerNode
final class LogNight implements NightTimer {

    @Inject
    LogKeeper keeper;
    @Inject
    LogProver prover;
    @Inject
    Binding binding;

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void run() {
        var log = LogId.of(binding.tenant().id());
        keeper.catchUpWhole(log);
        prover.prove(log);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.tenant.Binding;
import org.sluse.host.timer.NightTimer;

/** Each night, for each clinic: its backup; then, for one of them once a week, the drill. */
@OnePerNode
final class BackupNight implements NightTimer {

    @Inject
    Backups backups;
    @Inject
    Drills drills;
    @Inject
    Binding binding;

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public void run() {
        if (backups.isSet()) {
            var tenant = binding.tenant().id();
            backups.nightly(tenant);
            drills.ifItsTurn(tenant, backups.place());
        }
    }
}

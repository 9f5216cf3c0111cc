// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.control;

import java.nio.file.Path;
import java.time.Clock;
import org.sluse.host.audit.RefusalLimits;
import org.sluse.host.key.Vaults;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;

/** The control database of the running cluster, for tests of other packages. */
public final class ControlDatabases {

    private ControlDatabases() {}

    /** With its migrations done. */
    public static ControlDatabase running(Clock clock) {
        return in(RunningCluster.POSTGRES, clock);
    }

    /** That of another cluster. */
    public static ControlDatabase in(Postgres cluster, Clock clock) {
        return new ControlDatabase(cluster, Vaults.settings(Path.of("unused")), clock, new Binding(),
                RefusalLimits.of(clock));
    }
}

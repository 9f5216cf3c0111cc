// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.control;

import java.nio.file.Path;
import java.time.Clock;
import org.sluse.host.audit.RefusalLimits;
import org.sluse.host.key.Vaults;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.host.written.Written;

/** The control database of the running cluster, for tests of other packages. */
public final class ControlDatabases {

    private ControlDatabases() {}

    /** With its migrations done. */
    public static ControlDatabase running(Clock clock) {
        return in(RunningCluster.POSTGRES, clock);
    }

    /** That of another cluster. */
    public static ControlDatabase in(Postgres cluster, Clock clock) {
        return in(cluster, clock, new Written());
    }

    /** That of the running cluster, which tells of what it commits. */
    public static ControlDatabase running(Clock clock, Written written) {
        return in(RunningCluster.POSTGRES, clock, written);
    }

    private static ControlDatabase in(Postgres cluster, Clock clock, Written written) {
        return new ControlDatabase(cluster, Vaults.settings(Path.of("unused")), clock, new Binding(),
                RunningCluster.VAULT, RefusalLimits.of(clock), written);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.tenant;

import java.time.Clock;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TestClinics;
import org.sluse.host.location.TestLocations;
import org.sluse.host.postgres.RunningCluster;

/** The clinics of the running cluster, for tests of other packages. */
public final class TestTenants {

    private TestTenants() {}

    /** Kept in this control database. */
    public static Tenants in(ControlDatabase control, Clock clock) {
        return new Tenants(control, TestClinics.DATABASES, TestLocations.frankfurt(), RunningCluster.VAULT,
                clock);
    }
}

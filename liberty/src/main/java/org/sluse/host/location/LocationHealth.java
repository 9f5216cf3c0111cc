// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.location;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;

/** {@code /health/ready}: which location this node serves, and how many clinics it does not serve since their data rests at another one. The node is up all the same. */
@Readiness
@OnePerNode
final class LocationHealth implements HealthCheck {

    @Inject
    Locations locations;
    @Inject
    Gate gate;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("location")
                .up()
                .withData("own", locations.own().id())
                .withData("elsewhere", gate.countElsewhere())
                .build();
    }
}

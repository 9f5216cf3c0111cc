// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.plugin;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;

/**
 * {@code /health/ready}: a node without one of its plugins serves the others, so it is up, and says which jar it is without. Anybody may ask, so
 * the detail stays in the log.
 */
@Readiness
@OnePerNode
final class PluginsReady implements HealthCheck {

    @Inject
    Quarantine quarantine;

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("plugins").up().withData("degraded", !quarantine.leftOut().isEmpty());
        quarantine.leftOut().forEach(one -> response.withData(one.jar(), one.cause().reason()));
        return response.build();
    }
}

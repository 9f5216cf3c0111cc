// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;

/** How many other nodes hear this one, in {@code /health/ready}, and what is wrong. Never down: a node that hears nobody serves whoever reaches it, and a mistake in one setting would take all of them away. */
@Readiness
@OnePerNode
final class ClusterHealth implements HealthCheck {

    @Inject
    Cluster cluster;

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("cluster").up().withData("others", cluster.connected());
        cluster.alarm().ifPresent(alarm -> answer.withData("alarm", alarm));
        return answer.build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.start;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;

/** {@code /health/ready}: up when the node has started and can confirm what is in force. Asks nobody, so that it answers when nobody else does. */
@Readiness
@OnePerNode
final class NodeReady implements HealthCheck {

    @Inject
    Gate gate;
    @Inject
    NodeState state;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("node").status(state.hasStarted() && gate.isConfirmed()).build();
    }
}

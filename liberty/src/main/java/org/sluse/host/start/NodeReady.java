// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.start;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jdbi.v3.core.JdbiException;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.problem.ProblemException;

/** {@code /health/ready}: up when the node has started and the control database answers. */
@Readiness
@OnePerNode
final class NodeReady implements HealthCheck {

    @Inject
    ControlDatabase control;
    @Inject
    NodeState state;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("node").status(state.hasStarted() && databaseAnswers()).build();
    }

    private boolean databaseAnswers() {
        try {
            return control.read(handle -> handle.createQuery("select 1").mapTo(int.class).one()) == 1;
        } catch (JdbiException | ProblemException silent) {
            return false;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;

/** {@code /health/ready}: which logs are not what their witness knows. The node is up all the same, for every other clinic. */
@Readiness
@OnePerNode
final class LogHealth implements HealthCheck {

    @Inject
    LogAlarm alarm;

    @Override
    public HealthCheckResponse call() {
        var causes = alarm.causes();
        var response = HealthCheckResponse.named("logs").up().withData("altered", causes.size());
        if (!causes.isEmpty()) {
            response.withData("degraded", causes.entrySet()
                    .stream()
                    .limit(10)
                    .map(one -> one.getKey() + ": " + one.getValue())
                    .collect(Collectors.joining(" ")));
        }
        return response.build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;

/**
 * {@code /health/ready}, which is open to everybody: how many logs are not what their witness knows, and whether it can be read and written. Which and why is in the server's log and in the
 * operator's console. The node is up all the same, for every other clinic.
 */
@Readiness
@OnePerNode
final class LogHealth implements HealthCheck {

    @Inject
    LogAlarm alarm;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("logs")
                .up()
                .withData("altered", alarm.causes().size())
                .withData("witness", alarm.witness().name().toLowerCase(Locale.ROOT))
                .build();
    }
}

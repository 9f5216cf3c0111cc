// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.certificate;

import jakarta.inject.Inject;
import java.time.Clock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;

/** How long the certificate lasts, in {@code /health/ready}; which file is wrong is in the log, since anybody may ask. Never down: a node that nobody is sent to cannot be mended by its page either. */
@Readiness
@OnePerNode
final class CertificateHealth implements HealthCheck {

    @Inject
    CertificateWatch watch;
    @Inject
    Clock clock;

    @Override
    public HealthCheckResponse call() {
        var now = clock.instant();
        var answer = HealthCheckResponse.named("certificate").up();
        watch.shown().ifPresent(shown -> {
            answer.withData("until", shown.until().toString()).withData("daysLeft", shown.daysLeft(now));
            shown.alarm(now).ifPresent(alarm -> answer.withData("alarm", alarm.name()));
        });
        return answer.build();
    }
}

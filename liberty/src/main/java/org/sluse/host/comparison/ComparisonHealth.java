// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;

/**
 * {@code /health/ready}: in how many clinics something has left that nobody had declared. A node is up all the same: it serves as well as before, and a person has to look.
 */
@Readiness
@OnePerNode
final class ComparisonHealth implements HealthCheck {

    @Inject
    ComparisonWatch watch;

    @Override
    public HealthCheckResponse call() {
        var now = watch.sum();
        return HealthCheckResponse.named("disclosures")
                .up()
                .withData("undeclared", now.undeclared())
                .withData("late", now.late())
                .build();
    }
}

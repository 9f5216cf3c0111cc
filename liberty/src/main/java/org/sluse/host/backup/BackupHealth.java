// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluse.host.config.OnePerNode;

/**
 * {@code /health/ready}, which is open to everybody: how many clinics have no good backup that is young enough, when the newest one was made, and whether the last drill was good; why
 * it was not is in the server's log. A node is up all the same: it serves as well as before, and a person has to look.
 */
@Readiness
@OnePerNode
final class BackupHealth implements HealthCheck {

    @Inject
    BackupWatch watch;
    @Inject
    Backups backups;

    @Override
    public HealthCheckResponse call() {
        var now = watch.standing();
        var answer = HealthCheckResponse.named("backups")
                .up()
                .withData("place", backups.isSet() ? "set" : "missing")
                .withData("late", now.late());
        now.newest().ifPresent(at -> answer.withData("newest", at.toString()));
        now.drill()
                .ifPresent(one -> answer.withData("drill", one.at().toString())
                        .withData("drill-result", one.failure().isEmpty() ? "good" : "failed"));
        return answer.build();
    }
}

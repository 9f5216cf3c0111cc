// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.settings.Settings;

/** Tells the quality register this week's totals so far, without waiting for the week to end. */
@Path("/{tenant}/tally/report")
@OfPlugin("tally")
@AllowedTo(Role.PRACTITIONER)
@RequestScoped
public class ReportResource {

    @Inject
    Reports reports;
    @Inject
    Settings<TallySettings> settings;
    @Inject
    Clock clock;

    @POST
    public void reportNow() {
        var register = settings.get()
                .register()
                .orElseThrow(() -> new ProblemException(Problem.CONFLICT,
                        "No quality register is set; right would be its address in the module's settings"));
        if (!reports.send(register, Week.of(clock.instant()))) {
            throw new ProblemException(Problem.UNAVAILABLE,
                    "The quality register has not taken the report; right would be to try again later");
        }
    }
}

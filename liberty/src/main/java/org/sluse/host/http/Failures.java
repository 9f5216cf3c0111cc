// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.config.OnePerNode;
import org.sluse.id.Ids;
import org.sluse.problem.ProblemException;

/** The one place in which failures become answers. Nothing of a cause but its class and stack goes to the log, under a number. */
@OnePerNode
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class.getName());

    private final Ids ids;

    @Inject
    Failures(Ids ids) {
        this.ids = ids;
    }

    /** What somebody told on purpose; otherwise a failure of ours, with the number under which the log has it. */
    ProblemJson answer(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException told) {
                return new ProblemJson(told.problem().type(), told.problem().title(), told.problem().status(),
                        String.valueOf(told.getMessage()), told.errors(), Optional.empty());
            }
        }
        var incident = ids.token().substring(0, 8);
        LOG.log(Level.SEVERE, "request-failed incident=" + incident + " cause=" + failure.getClass().getName(),
                withoutMessages(failure));
        return new ProblemJson("https://sluse.org/problem/ours", "This did not work, and it is not your doing", 500,
                "Give the clinic the number '" + incident + "'", List.of(), Optional.of(incident));
    }

    /** A message may hold a value of the request (a driver quotes the row that it refuses), so that only classes and places are kept. */
    private static Throwable withoutMessages(Throwable failure) {
        var cause = failure.getCause();
        var bare = new RuntimeException(failure.getClass().getName(), cause == null ? null : withoutMessages(cause));
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}

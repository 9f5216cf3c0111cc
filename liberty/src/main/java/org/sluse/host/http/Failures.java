// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.config.OnePerNode;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
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

    /** What somebody told on purpose, or what became of a call to a recipient; otherwise a failure of ours, with the number under which the log has it. */
    ProblemJson answer(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var told = told(cause);
            if (told.isPresent()) {
                var problem = told.get().problem();
                return new ProblemJson(problem.type(), problem.title(), problem.status(),
                        String.valueOf(told.get().getMessage()), told.get().errors(), Optional.empty());
            }
        }
        var incident = ids.token().substring(0, 8);
        LOG.log(Level.SEVERE, "request-failed incident=" + incident + " cause=" + failure.getClass().getName(),
                withoutMessages(failure));
        return new ProblemJson("https://sluse.org/problem/ours", "This did not work, and it is not your doing", 500,
                "Give the clinic the number '" + incident + "'", List.of(), Optional.of(incident));
    }

    /** A recipient that is down or silent is nobody's defect, whether a plugin says so in its own words or lets it pass. */
    private static Optional<ProblemException> told(Throwable cause) {
        return switch (cause) {
            case ProblemException told -> Optional.of(told);
            case NotSentException any -> unavailable(
                    "The recipient cannot be reached; nothing was sent, and right would be to try again later");
            case NoAnswerException any -> unavailable(
                    "The recipient has not answered as it should; whether it has received anything is not known");
            case DisclosureRefusedException refused -> switch (refused.reason()) {
                case MODULE_OFF -> Optional.of(ProblemException.notFound());
                case RECIPIENT_STOPPED, PAPER_MISSING -> unavailable(
                        "Nothing may be sent to this recipient at the moment; the page of the module says why");
                case UNKNOWN_RECIPIENT, ADDRESS_NOT_ALLOWED, CATEGORY_NOT_GRANTED -> Optional.empty();
            };
            default -> Optional.empty();
        };
    }

    private static Optional<ProblemException> unavailable(String detail) {
        return Optional.of(new ProblemException(Problem.UNAVAILABLE, detail));
    }

    /** A message may hold a value of the request (a driver quotes the row that it refuses), so that only classes and places are kept. */
    private static Throwable withoutMessages(Throwable failure) {
        var cause = failure.getCause();
        var bare = new RuntimeException(failure.getClass().getName(), cause == null ? null : withoutMessages(cause));
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}

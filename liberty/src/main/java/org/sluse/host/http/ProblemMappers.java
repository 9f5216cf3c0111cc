// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.config.OnePerNode;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** The one place in which failures of REST calls become answers. Nothing of a cause but its class and stack goes to the log, under a number. */
@Provider
@OnePerNode
public final class ProblemMappers implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class.getName());

    @Inject
    Ids ids;

    @Override
    public Response toResponse(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException told) {
                return answer(new ProblemJson(told.problem().type(), told.problem().title(), told.problem().status(),
                        String.valueOf(told.getMessage()), told.errors(), Optional.empty()));
            }
        }
        if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return answer(ofStatus(web.getResponse().getStatus()));
        }
        var incident = ids.token().substring(0, 8);
        LOG.log(Level.SEVERE, "request-failed incident=" + incident + " cause=" + failure.getClass().getName(),
                withoutMessages(failure));
        return answer(
                new ProblemJson("https://sluse.org/problem/ours", "This did not work, and it is not your doing", 500,
                        "Give the clinic the number '" + incident + "'", java.util.List.of(), Optional.of(incident)));
    }

    private static ProblemJson ofStatus(int status) {
        return switch (status) {
            case 404 -> ProblemJson.notFound();
            case 405 -> ProblemJson.of(new Problem("method", "The address does not take this method", 405),
                    "Right would be another method");
            case 406, 415 -> ProblemJson.of(new Problem("media-type", "The address speaks JSON", status),
                    "Right would be application/json");
            default -> ProblemJson.of(Problem.MALFORMED, "The request could not be read");
        };
    }

    private static Response answer(ProblemJson problem) {
        return Response.status(problem.status()).type(ProblemJson.TYPE).entity(problem).build();
    }

    /** A message may hold a value of the request (a driver quotes the row that it refuses), so that only classes and places are kept. */
    private static Throwable withoutMessages(Throwable failure) {
        var cause = failure.getCause();
        var bare = new RuntimeException(failure.getClass().getName(), cause == null ? null : withoutMessages(cause));
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}

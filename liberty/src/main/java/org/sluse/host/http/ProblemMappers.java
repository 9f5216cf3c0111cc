// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import org.sluse.host.config.OnePerNode;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.sluse.problem.Problem;

/** Failures of REST calls as problem+json. */
@Provider
@OnePerNode
public final class ProblemMappers implements ExceptionMapper<Throwable> {

    @Inject
    Failures failures;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return answer(ofStatus(web.getResponse().getStatus()));
        }
        return answer(failures.answer(failure));
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
        var answer = Response.status(problem.status()).type(ProblemJson.TYPE).entity(problem);
        problem.retryAfter().ifPresent(seconds -> answer.header("Retry-After", seconds));
        return answer.build();
    }
}

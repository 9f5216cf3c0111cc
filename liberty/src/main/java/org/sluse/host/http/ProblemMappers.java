// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.sluse.host.audit.Refusals;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Failures of REST calls as problem+json; a refusal is a row of the clinic's audit trail besides. */
@Provider
@OnePerNode
public final class ProblemMappers implements ExceptionMapper<Throwable> {

    @Inject
    Failures failures;
    @Inject
    Refusals refusals;
    @Inject
    PluginRegistry plugins;
    @Context
    ResourceInfo resource;
    @Context
    Request request;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return answer(ofStatus(web.getResponse().getStatus()));
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException told) {
                // Whatever tells this was told by a method of a resource, or by a filter in front of one.
                var asked = resource.getResourceClass();
                if (asked != null) {
                    refusals.record(plugins.owner(asked), "GET".equals(request.getMethod()), asked.getSimpleName(),
                            told.problem());
                }
                break;
            }
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

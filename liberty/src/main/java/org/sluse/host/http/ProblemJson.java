// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;

/**
 * The body of an error (RFC 9457).
 *
 * @param errors what is wrong with which value; absent when nothing can be named
 * @param incident number under which the operator finds the cause in the log; only for errors of ours
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemJson(String type, String title, int status, String detail, List<FieldError> errors,
        Optional<String> incident) {

    /** The media type. */
    public static final String TYPE = "application/problem+json";

    private static final int SECONDS_TO_RETRY = 2;

    /** Without named values. */
    public static ProblemJson of(Problem problem, String detail) {
        return new ProblemJson(problem.type(), problem.title(), problem.status(), detail, List.of(), Optional.empty());
    }

    /** The one answer for everything that does not exist for the caller. */
    public static ProblemJson notFound() {
        return of(Problem.NOT_FOUND, "There is nothing at this address");
    }

    /** For a caller that should try again: after how many seconds (RFC 9110, 10.2.3). */
    Optional<Integer> retryAfter() {
        return status == Problem.UNAVAILABLE.status() ? Optional.of(SECONDS_TO_RETRY) : Optional.empty();
    }

    /** Writes the answer to a servlet response. */
    public void write(HttpServletResponse response, ObjectMapper json) throws IOException {
        response.setStatus(status);
        retryAfter().ifPresent(seconds -> response.setHeader("Retry-After", Integer.toString(seconds)));
        response.setContentType(TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json.writeValueAsBytes(this));
    }
}

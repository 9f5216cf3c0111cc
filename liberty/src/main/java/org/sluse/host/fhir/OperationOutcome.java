// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.sluse.problem.Problem;

/** A problem in FHIR's own form, as a caller of FHIR can read it (FHIR R4, OperationOutcome). */
public record OperationOutcome(String resourceType, List<Issue> issue) {

    private static final String SECONDS_TO_RETRY = "2";

    /** @param code of FHIR R4, value set issue-type */
    public record Issue(String severity, String code, String diagnostics) {}

    /** Writes the answer to a servlet response. */
    public static void write(int status, String detail, HttpServletResponse response, ObjectMapper json)
            throws IOException {
        response.setStatus(status);
        if (status == Problem.UNAVAILABLE.status()) {
            response.setHeader("Retry-After", SECONDS_TO_RETRY);
        }
        response.setContentType("application/fhir+json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream()
                .write(json.writeValueAsBytes(new OperationOutcome("OperationOutcome",
                        List.of(new Issue("error", code(status), detail)))));
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "login";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 413 -> "too-long";
            case 503 -> "transient";
            case 500 -> "exception";
            default -> "invalid";
        };
    }
}

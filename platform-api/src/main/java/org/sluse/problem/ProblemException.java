// SPDX-License-Identifier: Apache-2.0
package org.sluse.problem;

import java.util.List;

/** A situation that the client must handle. Thrown by use cases; answered by the host. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient List<FieldError> errors;

    /** @param detail what is wrong, with the id in quotes; what would be right. No names, answers, scores, tokens */
    public ProblemException(Problem problem, String detail) {
        this(problem, detail, List.of());
    }

    /** @param errors what is wrong with which value; may be empty */
    public ProblemException(Problem problem, String detail, List<FieldError> errors) {
        super(detail);
        this.problem = problem;
        this.errors = List.copyOf(errors);
    }

    /** One value is not allowed. */
    public static ProblemException notAllowed(String pointer, String code, String detail) {
        return new ProblemException(Problem.NOT_ALLOWED_VALUE, detail, List.of(new FieldError(pointer, code, detail)));
    }

    /** Nothing here, or nothing that the actor may know of. */
    public static ProblemException notFound() {
        return new ProblemException(Problem.NOT_FOUND, "There is nothing at this address");
    }

    public Problem problem() {
        return problem;
    }

    public List<FieldError> errors() {
        return errors;
    }
}

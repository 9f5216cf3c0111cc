// SPDX-License-Identifier: Apache-2.0
/**
 * Errors that a client can act on (RFC 9457). In: a use case throws {@link org.sluse.problem.ProblemException}. Out: the host answers
 * problem+json or, on FHIR addresses, an OperationOutcome; with ids, never with content.
 */
@NullMarked
package org.sluse.problem;

import org.jspecify.annotations.NullMarked;

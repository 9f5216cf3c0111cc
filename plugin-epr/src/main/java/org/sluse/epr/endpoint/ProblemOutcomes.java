// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sluse.problem.ProblemException;

/** Problems as OperationOutcomes, with ids and never with content. */
@Interceptor
public final class ProblemOutcomes {

    private static final Logger LOG = Logger.getLogger(ProblemOutcomes.class.getName());

    /** What HAPI is to answer instead; null leaves HAPI's own exceptions as they are. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public @Nullable BaseServerResponseException translate(Throwable failure) {
        var innermost = failure;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause;
            if (cause instanceof BaseServerResponseException own && !(own instanceof InternalErrorException)) {
                return own;
            }
            if (cause instanceof ProblemException told) {
                return told.problem().status() == 404
                        ? new ResourceNotFoundException("There is nothing at this address")
                        : new UnclassifiedServerFailureException(told.problem().status(),
                                String.valueOf(told.getMessage()));
            }
        }
        // HAPI wraps what it calls: its own class would say nothing.
        LOG.log(Level.SEVERE, "fhir-request-failed cause={0}", innermost.getClass().getName());
        return new InternalErrorException("This did not work, and it is not your doing");
    }
}

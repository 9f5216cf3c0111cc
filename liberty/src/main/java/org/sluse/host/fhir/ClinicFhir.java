// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.inject.Inject;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.jspecify.annotations.Nullable;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.fhir.audit.AuditEventProvider;
import org.sluse.problem.ProblemException;

/**
 * What is at {@code /fhir/{tenant}} whatever is on: the audit trail, and the CapabilityStatement, which names it beside the resources of the module that is on there.
 */
@OnePerNode
final class ClinicFhir {

    /** Of FHIR endpoints, the one that has these. */
    static final String NAME = "fhir";
    /** Address of the CapabilityStatement (FHIR R4, 3.1.0.12). */
    static final String METADATA = "metadata";

    private static final String AUDIT = "AuditEvent";
    /** Attribute of a request: the server of the module that is on there. */
    private static final String MODULE = ClinicFhir.class.getName() + ".module";
    private static final Logger LOG = Logger.getLogger(ClinicFhir.class.getName());

    private final AuditEventProvider audit;

    @Inject
    ClinicFhir(AuditEventProvider audit) {
        this.audit = audit;
    }

    /** Whether the address is the host's own. @param name of the endpoint @param rest what follows the clinic, without a leading slash */
    static boolean has(String name, String rest) {
        return name.equals(NAME) && (rest.equals(METADATA) || rest.equals(AUDIT) || rest.startsWith(AUDIT + "/"));
    }

    /** A server that has to be initialised. */
    Servlet servlet() {
        var server = new RestfulServer(FhirContext.forR4Cached());
        server.setServerName("Sluse");
        server.setServerVersion("R4");
        server.setImplementationDescription("What a clinic has as FHIR");
        server.setResourceProviders(List.of(audit));
        server.registerInterceptor(new Answers());
        return server;
    }

    /** Notes for {@link #servlet} which module's resources its CapabilityStatement is to name; one that is no server of HAPI's is not asked. */
    static void withModule(HttpServletRequest request, Servlet module) {
        request.setAttribute(MODULE, module);
    }

    /** Puts the CapabilityStatement of the clinic together, and says of problems their ids and no content. Public, since HAPI calls it by reflection. */
    @Interceptor
    public static final class Answers {

        /** HAPI keeps a statement for a minute, whichever clinic asked: what is answered is a copy, with the address of the one that asks. */
        @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
        public void complete(ServletRequestDetails details, ResponseDetails response) {
            if (response.getResponseResource() instanceof CapabilityStatement own) {
                var statement = own.copy();
                statement.getImplementation().setUrl(details.getFhirServerBase());
                if (details.getServletRequest().getAttribute(MODULE) instanceof RestfulServer module
                        && module.getCapabilityStatement(details) instanceof CapabilityStatement its) {
                    its.getRestFirstRep()
                            .getResource()
                            .stream()
                            .filter(one -> statement.getRestFirstRep()
                                    .getResource()
                                    .stream()
                                    .noneMatch(known -> known.getType().equals(one.getType())))
                            .forEach(one -> statement.getRestFirstRep().addResource(one.copy()));
                }
                response.setResponseResource(statement);
            }
        }

        /** What HAPI is to answer instead; null leaves HAPI's own exceptions as they are. */
        @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
        public @Nullable BaseServerResponseException translate(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof BaseServerResponseException own && !(own instanceof InternalErrorException)) {
                    return own;
                }
                if (cause instanceof DataFormatException) {
                    return new InvalidRequestException(
                            "A value is not of its parameter's type; right would be one as FHIR has it, for example date=2026-11-23");
                }
                if (cause instanceof ProblemException told) {
                    return new UnclassifiedServerFailureException(told.problem().status(),
                            String.valueOf(told.getMessage()));
                }
            }
            LOG.log(Level.SEVERE, () -> "fhir-request-failed cause=" + failure.getClass().getName());
            return new InternalErrorException("This did not work, and it is not your doing");
        }
    }
}

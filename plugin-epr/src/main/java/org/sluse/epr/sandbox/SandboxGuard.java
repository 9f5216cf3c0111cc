// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.sluse.epr.EprSettings;
import org.sluse.secret.Secret;
import org.sluse.settings.Settings;

/** Who may talk to the sandbox, and what it does wrong on demand. */
@Interceptor
public final class SandboxGuard {

    private static final String LOST = SandboxGuard.class.getName() + ".lost";
    private static final Duration SLOWNESS = Duration.ofSeconds(5);

    private final Settings<EprSettings> settings;
    private final Misbehaviour misbehaviour;

    SandboxGuard(Settings<EprSettings> settings, Misbehaviour misbehaviour) {
        this.settings = settings;
        this.misbehaviour = misbehaviour;
    }

    /** The bearer of the settings opens everything but metadata; without one in the settings nothing is open. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void guard(RequestDetails request, RestOperationTypeEnum operation) throws InterruptedException {
        if (operation == RestOperationTypeEnum.METADATA) {
            return;
        }
        var given = Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.startsWith("Bearer ") && value.length() > 7)
                .map(value -> new Secret(value.substring(7)));
        if (settings.get().bearer().isEmpty() || !settings.get().bearer().equals(given)) {
            throw new AuthenticationException("A bearer token that this record knows is missing");
        }
        if (operation == RestOperationTypeEnum.TRANSACTION) {
            misbehave(request);
        }
    }

    private void misbehave(RequestDetails request) throws InterruptedException {
        var kind = misbehaviour.take();
        if (kind.isEmpty()) {
            return;
        }
        switch (kind.get()) {
            case SLOW -> Thread.sleep(SLOWNESS);
            case PRECONDITION_FAILED -> throw new PreconditionFailedException("The sandbox was told to say 412");
            case BUSY -> throw busy();
            case LOST_ANSWER -> request.getUserData().put(LOST, true);
        }
    }

    private static UnclassifiedServerFailureException busy() {
        var busy = new UnclassifiedServerFailureException(503, "The sandbox was told to be busy");
        busy.addResponseHeader("Retry-After", "10");
        return busy;
    }

    /** The connection ends in the middle of the answer: fewer bytes come than were promised. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public boolean answer(RequestDetails request, ServletRequestDetails servlet) throws IOException {
        if (!request.getUserData().containsKey(LOST)) {
            return true;
        }
        var response = servlet.getServletResponse();
        response.setHeader("Connection", "close");
        response.setContentType("application/fhir+json");
        response.setContentLength(4096);
        response.getOutputStream().write('{');
        response.flushBuffer();
        return false;
    }
}

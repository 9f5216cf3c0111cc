// SPDX-License-Identifier: Apache-2.0
package org.sluse.fhir;

import jakarta.servlet.Servlet;

/** A servlet of a plugin that speaks FHIR. A CDI bean; the host initialises the servlet once and passes it requests. */
public interface FhirEndpoint {

    /** The first path segment: {@code fhir} gives {@code /fhir/{tenant}/...}. Unique in the installation. */
    String name();

    /** The servlet; it sees {@code /{name}/{tenant}} as its servlet path. Asked once. */
    Servlet servlet();

    /** Whom the host lets through. */
    Access access();

    /** Who authenticates. */
    enum Access {
        /** The host: practitioners who are signed in. {@code GET /metadata} is open to anyone. */
        PRACTITIONER,
        /** The endpoint itself, for example by a bearer token; the actor is anonymous until then. */
        OWN
    }
}

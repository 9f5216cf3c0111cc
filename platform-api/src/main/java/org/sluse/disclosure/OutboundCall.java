// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import java.net.URI;
import java.util.Optional;
import org.sluse.secret.Secret;

/**
 * One HTTP request to a recipient.
 *
 * @param method the verb. GET and DELETE put the payload's components into the query, by name, and have no body; POST and PUT into the body: a payload whose only
 *            component is {@link FhirJson} is sent as it is ({@code application/fhir+json}), any other as a JSON object
 * @param target absolute, without a query, at or below one of the recipient's endpoints
 * @param bearer credential for the {@code Authorization} header
 * @param patient whom it is about (internal id), for the ledger's pseudonym and the audit entry
 * @param payload an {@link Outbound} record
 */
public record OutboundCall(Method method, URI target, Optional<Secret> bearer, Optional<String> patient,
        Record payload) {

    /** The verbs that are used. */
    public enum Method {
        GET, POST, PUT, DELETE
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Identifier;

/** Parts of searches, encoded as {@code ifNoneExist} and conditional references need them (FHIR R4 http, "conditional create"; search, "token"). */
public final class IdentifierQuery {

    private IdentifierQuery() {}

    /** {@code identifier=system|value}. */
    public static String of(Identifier identifier) {
        return "identifier=" + token(identifier.getSystem(), identifier.getValue());
    }

    /** {@code system|value}. */
    static String token(String system, String value) {
        return encoded(system) + "|" + encoded(value);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

/**
 * A FHIR R4 resource as JSON, as a component of an {@link Outbound} record. The gate walks it: each element path must be covered by a
 * category of the component that the recipient may receive (see {@link Recipient#elements()}). In a Bundle the paths of each entry's
 * resource begin with that resource's type, and its envelope (type, fullUrl, request) needs no grant.
 *
 * @param json one JSON object with {@code resourceType}
 */
public record FhirJson(String json) {

    @Override
    public String toString() {
        return "FhirJson[" + json.length() + " characters]";
    }
}

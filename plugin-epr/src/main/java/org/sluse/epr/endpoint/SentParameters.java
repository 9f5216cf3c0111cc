// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.sluse.epr.sdc.FormReader;

/** What an operation was sent: the resource Parameters of FHIR R4, as JSON. */
record SentParameters(Parameters sent) {

    /** Reads the body of a request. @throws InvalidRequestException it is no Parameters */
    static SentParameters read(FormReader reader, RequestDetails request) {
        try {
            return new SentParameters(
                    reader.read(Parameters.class, new String(request.loadRequestContents(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidRequestException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    Stream<ParametersParameterComponent> named(String name) {
        return sent.getParameter().stream().filter(one -> name.equals(one.getName()));
    }

    <T extends Resource> Optional<T> resource(String name, Class<T> type) {
        return named(name).map(ParametersParameterComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    <T extends Type> Optional<T> value(String name, Class<T> type) {
        return named(name).map(ParametersParameterComponent::getValue)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIBuilder;
import org.sluse.disclosure.FhirJson;
import org.sluse.disclosure.OutboundCall;
import org.sluse.host.config.OnePerNode;

/** Makes an HTTP request of a call. Thread-safe. */
@OnePerNode
final class OutboundRequests {

    private final ObjectMapper json;

    @Inject
    OutboundRequests(ObjectMapper json) {
        this.json = json;
    }

    /** What leaves: the body, or the values of the query where there is none. */
    byte[] body(OutboundCall call) {
        var values = OutboundRecords.values(call.payload());
        if (!hasBody(call)) {
            return values.values()
                    .stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (values.size() == 1 && values.values().iterator().next() instanceof FhirJson fhir) {
            return fhir.json().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return json.writeValueAsBytes(values);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "The payload " + call.payload().getClass().getName() + " cannot be written as JSON", unwritable);
        }
    }

    /** The request that carries it. */
    HttpUriRequestBase request(OutboundCall call, byte[] body) {
        try {
            var fhir = OutboundRecords.values(call.payload()).values().stream().anyMatch(FhirJson.class::isInstance);
            var request = new HttpUriRequestBase(call.method().name(), address(call));
            request.setHeader("Accept", "application/fhir+json, application/json;q=0.9");
            call.bearer().ifPresent(bearer -> request.setHeader("Authorization", "Bearer " + bearer.reveal()));
            if (hasBody(call)) {
                request.setEntity(new ByteArrayEntity(body, ContentType
                        .create(fhir ? "application/fhir+json" : "application/json", StandardCharsets.UTF_8)));
            }
            return request;
        } catch (URISyntaxException impossible) {
            throw notAnAddress(impossible);
        }
    }

    /** The address that a browser is given to go there by itself. @throws IllegalArgumentException when a browser could not make this call */
    URI handedOver(OutboundCall call) {
        if (call.method() != OutboundCall.Method.GET || call.bearer().isPresent()) {
            throw new IllegalArgumentException(
                    "A browser is handed an address and no more; right would be a GET without bearer");
        }
        try {
            return address(call);
        } catch (URISyntaxException impossible) {
            throw notAnAddress(impossible);
        }
    }

    private static URI address(OutboundCall call) throws URISyntaxException {
        var address = new URIBuilder(call.target());
        if (!hasBody(call)) {
            OutboundRecords.values(call.payload())
                    .forEach((name, value) -> address.addParameter(name, String.valueOf(value)));
        }
        return address.build();
    }

    private static boolean hasBody(OutboundCall call) {
        return switch (call.method()) {
            case GET, DELETE -> false;
            case POST, PUT -> true;
        };
    }

    private static IllegalArgumentException notAnAddress(URISyntaxException why) {
        return new IllegalArgumentException("The target is not an address", why);
    }
}

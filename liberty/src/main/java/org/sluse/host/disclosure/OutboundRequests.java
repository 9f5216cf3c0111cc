// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
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

    /** What leaves: the body, or of a GET the values of its query. */
    byte[] body(OutboundCall call) {
        var values = OutboundRecords.values(call.payload());
        if (call.method() == OutboundCall.Method.GET) {
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
            var address = new URIBuilder(call.target());
            var fhir = OutboundRecords.values(call.payload()).values().stream().anyMatch(FhirJson.class::isInstance);
            if (call.method() == OutboundCall.Method.GET) {
                OutboundRecords.values(call.payload())
                        .forEach((name, value) -> address.addParameter(name, String.valueOf(value)));
            }
            var request = new HttpUriRequestBase(call.method().name(), address.build());
            request.setHeader("Accept", "application/fhir+json, application/json;q=0.9");
            call.bearer().ifPresent(bearer -> request.setHeader("Authorization", "Bearer " + bearer.reveal()));
            if (call.method() != OutboundCall.Method.GET) {
                request.setEntity(new ByteArrayEntity(body, ContentType
                        .create(fhir ? "application/fhir+json" : "application/json", StandardCharsets.UTF_8)));
            }
            return request;
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException("The target is not an address", impossible);
        }
    }
}

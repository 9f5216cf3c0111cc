// SPDX-License-Identifier: Apache-2.0
package org.sluse.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HapiPeerProcessTest {

    private static final String PATIENT_UNLESS_THERE = """
            {"resourceType": "Bundle", "type": "transaction", "entry": [{
              "fullUrl": "urn:uuid:6f4c9c3e-52a5-5d2c-9d0f-0c8f7d8e4a11",
              "resource": {"resourceType": "Patient", "identifier": [{"system": "https://example.org/patient", "value": "4"}]},
              "request": {"method": "POST", "url": "Patient", "ifNoneExist": "identifier=https://example.org/patient|4"}}]}
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void creates_once_what_is_sent_twice_and_gives_it_back_until_it_is_closed() throws Exception {
        URI base;
        try (var peer = HapiPeerProcess.start()) {
            base = peer.base();

            var first = send(transaction(base));
            var second = send(transaction(base));

            assertThat(first.body()).contains("201 Created");
            assertThat(second.body()).contains("200 OK").doesNotContain("201 Created");
            assertThat(send(get(base, "/Patient?_summary=count")).body()).contains("\"total\": 1");
            assertThat(send(get(base, location(second))).body()).contains("\"versionId\": \"1\"", "\"value\": \"4\"");
        }
        assertThat(HttpClient.newHttpClient().sendAsync(get(base, "/metadata"), HttpResponse.BodyHandlers.ofString()))
                .failsWithin(
                        Duration.ofSeconds(10));
    }

    private static HttpRequest transaction(URI base) {
        return HttpRequest.newBuilder(base)
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(PATIENT_UNLESS_THERE))
                .build();
    }

    private static HttpRequest get(URI base, String path) {
        return HttpRequest.newBuilder(URI.create(base + path + (path.contains("?") ? "&" : "?") + "_pretty=true"))
                .build();
    }

    private static String location(HttpResponse<String> answer) {
        return "/" + answer.body().replaceAll("(?s).*\"location\": ?\"(Patient/[^\"]+)\".*", "$1");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The running server that contracts speak to. System properties say where it is: {@code sluse.test.server}, {@code sluse.test.operator-token}, and
 * {@code sluse.test.identity-provider} for contracts in which people sign in.
 */
final class ServerUnderTest {

    private static final URI BASE = URI.create(System.getProperty("sluse.test.server", "http://127.0.0.1:8080"));
    /** One for each thread: a client sends everything to a server over one connection. */
    private static final ThreadLocal<HttpClient> HTTP = ThreadLocal
            .withInitial(() -> HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build());

    private ServerUnderTest() {
    }

    static URI at(String path) {
        return BASE.resolve(path);
    }

    static HttpClient http() {
        return HTTP.get();
    }

    /** Below it every path segment is an issuer; anybody signs in there by their subject alone, as with mock-oauth2-server. Without one the test is aborted. */
    static URI identityProvider() {
        var address = System.getProperty("sluse.test.identity-provider", "");
        Assumptions.assumeFalse(address.isEmpty(),
                "Nobody can sign in: set sluse.test.identity-provider to the address of a mock-oauth2-server");
        return URI.create(address);
    }

    /** A call of the operator's, below {@code /api/operate}. */
    static HttpResponse<String> operate(String method, String path, String body) {
        return send(method, at("/api/operate" + path), Map.of("Content-Type", "application/json", "Authorization",
                "Bearer " + System.getProperty("sluse.test.operator-token", "")), body);
    }

    /** Follows nothing. @param body empty for none */
    static HttpResponse<String> send(String method, URI uri, Map<String, String> headers, String body) {
        var request = HttpRequest.newBuilder(uri)
                // Longer than the server waits for a recipient.
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return HTTP.get().send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

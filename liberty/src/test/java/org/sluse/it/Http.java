// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

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

/** HTTP of the tests: follows nothing, keeps no cookies by itself. */
final class Http {

    /** One for each thread: a client sends everything to a server over one connection. */
    private static final ThreadLocal<HttpClient> CLIENT = ThreadLocal
            .withInitial(() -> HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build());

    private Http() {
    }

    /** Sends; {@code body} empty for none. */
    static HttpResponse<String> send(String method, URI uri, Map<String, String> headers, String body) {
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .method(method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return CLIENT.get().send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static boolean isUp(URI uri) {
        try {
            return send("GET", uri, Map.of(), "").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}

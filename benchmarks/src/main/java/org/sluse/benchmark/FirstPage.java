// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long the operator waits for the first page of the console where there are 1,000 clinics: the document, who is signed in and the first 50 clinics, one after the other over one
 * connection, on a server that has answered before. The slowest of 200. Nobody else offers this page, so that there is no peer.
 */
final class FirstPage implements Measurement {

    private static final int CLINICS = 1_000;
    private static final int PAGES = 200;
    private static final int WARMING = 50;

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public String name() {
        return "first-page";
    }

    @Override
    public List<Line> measure() {
        try (var node = Servers.start(1)) {
            node.seed(CLINICS);
            var cookie = signIn(node);
            var took = new ArrayList<Double>();
            for (var page = 0; page < WARMING + PAGES; page++) {
                var from = System.nanoTime();
                get(node, "/operate/clinics", cookie);
                get(node, "/api/operate/me", cookie);
                var clinics = get(node, "/api/operate/tenants?lang=en", cookie);
                var until = System.nanoTime();
                if (!clinics.contains("\"more\":true") || !clinics.contains("clinic-00001")) {
                    throw new IllegalStateException("These are not the first of " + CLINICS + " clinics: " + clinics);
                }
                if (page >= WARMING) {
                    took.add((until - from) / 1e6);
                }
            }
            return List.of(Line.alone(name(), Collections.max(took), "ms"));
        }
    }

    private String signIn(Servers node) {
        var code = node.operate("POST", "/links", "").replaceAll(".*#([A-Za-z0-9_-]+)\".*", "$1");
        var answer = send(HttpRequest.newBuilder(at(node, "/api/operate/sign-in"))
                .header("Content-Type", "application/json")
                .header("X-Sluse-Request", "1")
                .POST(BodyPublishers.ofString("{\"code\": \"" + code + "\"}"))
                .build());
        return answer.headers()
                .firstValue("Set-Cookie")
                .orElseThrow(() -> new IllegalStateException("No session began: " + answer.body()))
                .split(";")[0];
    }

    private String get(Servers node, String path, String cookie) {
        var answer = send(HttpRequest.newBuilder(at(node, path)).header("Cookie", cookie).build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    private static URI at(Servers node, String path) {
        return node.addresses().getFirst().resolve(path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

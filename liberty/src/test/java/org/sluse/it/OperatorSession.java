// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** An operator who has come into the console of the running server with a link. */
final class OperatorSession {

    private final String cookie;

    private OperatorSession(String cookie) {
        this.cookie = cookie;
    }

    static OperatorSession begin() {
        return of(code());
    }

    /** Of the code of a link. */
    static OperatorSession of(String code) {
        var begun = exchange(code);
        if (begun.statusCode() != 204) {
            throw new AssertionError("No session began: " + begun.body());
        }
        return new OperatorSession(begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]);
    }

    /** Of a fresh link. */
    static String code() {
        var made = RunningServer.get().operate("POST", "/links", "");
        return Clinic.json(made).get("url").asText().split("#")[1];
    }

    static HttpResponse<String> exchange(String code) {
        return Http.send("POST", RunningServer.get().base().resolve("/api/operate/sign-in"),
                Map.of("Content-Type", "application/json", "X-Sluse-Request", "1", "User-Agent", "Mozilla/5.0 test"),
                "{\"code\": \"%s\"}".formatted(code));
    }

    String cookie() {
        return cookie;
    }

    /** As a page of ours asks. */
    HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, Map.of("X-Sluse-Request", "1"));
    }

    HttpResponse<String> send(String method, String path, String body, Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.put("Cookie", cookie);
        all.put("Content-Type", "application/json");
        return Http.send(method, RunningServer.get().base().resolve(path), all, body);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody at a clinic with the cookies of one browser: staff who have signed in through the whole code flow, or who came with a link. */
public final class TestPerson {

    private final TestClinic clinic;
    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>(
            Map.of("Content-Type", "application/json", "X-Sluse-Request", "1"));

    /** Who has not signed in. */
    TestPerson(TestClinic clinic) {
        this.clinic = clinic;
    }

    static TestPerson signIn(TestClinic clinic, String subject) {
        var person = new TestPerson(clinic);
        var question = location(person.browse(clinic.at("/api/%s/core/sign-in/start")));
        var answer = location(ServerUnderTest.send("POST", question,
                Map.of("Content-Type", "application/x-www-form-urlencoded"), "username=" + subject));
        person.browse(answer);
        assertTrue(person.cookies.containsKey("sluse-" + clinic.id()), "Not signed in: " + subject);
        return person;
    }

    /** Holds this link from now on, as a page does that has exchanged its code: what is asked is asked about what the link is for. */
    public TestPerson holding(String link) {
        headers.put("X-Sluse-Link", link);
        return this;
    }

    /** As a page of the clinic asks. @param path below the server, {@code %s} for the clinic's id @param body empty for none */
    public HttpResponse<String> send(String method, String path, String body) {
        return sendTo(clinic, method, path, body);
    }

    /** The same with the address of another clinic, which knows nobody of this one. */
    HttpResponse<String> sendTo(TestClinic other, String method, String path, String body) {
        var with = new HashMap<>(headers);
        with.put("Cookie", cookieHeader());
        return keep(ServerUnderTest.send(method, other.at(path), with, body));
    }

    private HttpResponse<String> browse(URI address) {
        return keep(ServerUnderTest.send("GET", address, Map.of("Cookie", cookieHeader()), ""));
    }

    private String cookieHeader() {
        return cookies.entrySet()
                .stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private HttpResponse<String> keep(HttpResponse<String> response) {
        response.headers().allValues("Set-Cookie").forEach(header -> {
            var pair = header.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        });
        return response;
    }

    private static URI location(HttpResponse<String> response) {
        return URI.create(response.headers()
                .firstValue("Location")
                .orElseThrow(
                        () -> new AssertionError("No redirect: " + response.statusCode() + " " + response.body())));
    }
}

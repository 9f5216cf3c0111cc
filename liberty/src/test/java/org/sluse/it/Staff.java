// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody who has signed in through the whole code flow, with the cookies of one browser. */
final class Staff {

    private final Clinic clinic;
    private final Map<String, String> cookies = new HashMap<>();

    private Staff(Clinic clinic) {
        this.clinic = clinic;
    }

    static Staff signIn(Clinic clinic, String subject) {
        var staff = new Staff(clinic);
        var answered = staff.answer(staff.question(), subject);
        var back = staff.browse(answered);
        if (staff.cookies.keySet().stream().noneMatch(name -> name.equals("sluse-" + clinic.id()))) {
            throw new AssertionError("Not signed in: " + back.headers().map());
        }
        return staff;
    }

    /** A browser in which nobody has signed in yet. */
    static Staff nobody(Clinic clinic) {
        return new Staff(clinic);
    }

    /** The same browser at another address of the clinic. */
    Staff at(Clinic other) {
        var staff = new Staff(other);
        staff.cookies.putAll(cookies);
        return staff;
    }

    /** Where the sign-in leads to. */
    URI question() {
        return location(browse(clinic.at("/api/" + clinic.id() + "/core/sign-in/start")));
    }

    /** What the provider sends back once the person has chosen who they are. */
    URI answer(URI question, String subject) {
        return location(Http.send("POST", question, Map.of("Content-Type", "application/x-www-form-urlencoded"),
                "username=" + subject));
    }

    /** Follows one address as a browser does, keeping its cookies. */
    HttpResponse<String> browse(URI address) {
        return keep(Http.send("GET", address, Map.of("Cookie", cookieHeader()), ""));
    }

    HttpResponse<String> get(String path) {
        return browse(clinic.at("/api/" + clinic.id() + path));
    }

    HttpResponse<String> send(String method, String path, String body) {
        return keep(Http.send(method, clinic.at("/api/" + clinic.id() + path),
                Map.of("Cookie", cookieHeader(), "Content-Type", "application/json", "X-Sluse-Request", "1"), body));
    }

    /** A correction of what they have seen. @param seen the version, or {@code *} */
    HttpResponse<String> correct(String path, String seen, String body) {
        return keep(Http.send("PUT", clinic.at("/api/" + clinic.id() + path), Map.of("Cookie", cookieHeader(),
                "Content-Type", "application/json", "X-Sluse-Request", "1", "If-Match", seen), body));
    }

    /** The cookies as they would be stolen. */
    String cookieHeader() {
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

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** A member of the demo clinic's staff, signed in at the identity provider as in a browser, who uses the REST API that the pages use. */
final class StaffMember {

    private final URI server;
    private final Http http;
    private final String tenant;

    private StaffMember(URI server, Http http, String tenant) {
        this.server = server;
        this.http = http;
        this.tenant = tenant;
    }

    static StaffMember signIn(URI server, String tenant, String subject, String name) {
        var origin = server.toString();
        var http = new Http(server, Map.of("X-Sluse-Request", "1", "Origin", origin), HttpClient.Redirect.ALWAYS);
        var loginPage = http.send(
                HttpRequest.newBuilder(server.resolve("/api/" + tenant + "/core/sign-in/start?to=today")).build());
        var form = "username=" + encode(subject) + "&claims="
                + encode(Json.createObjectBuilder().add("name", name).build().toString());
        var answer = http.send(HttpRequest.newBuilder(loginPage.uri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        if (!answer.uri().equals(server.resolve("/" + tenant + "/today"))) {
            throw StoppedShortException.refused("%s could not sign in: status %d at %s.".formatted(name,
                    answer.statusCode(), answer.uri().getPath()));
        }
        return new StaffMember(server, http, tenant);
    }

    /** Plans a video session and invites the patient; the link. */
    String invite(String label, String displayName, Instant startsAt) {
        var session = http.post(api("/video/sessions"), Json.createObjectBuilder()
                .add("startsAt", startsAt.toString())
                .add("minutes", 45)
                .add("patientLabel", label)
                .add("displayName", displayName)
                .build()).asJsonObject();
        return server.resolve(session.getString("invitation")).toString();
    }

    /** Assigns the PHQ-9 to the patient with this number at the clinic, who is added when not there yet; the link. */
    String assignPhq9(String number, String name) {
        var assigned = http.post(api("/epr/assessments"),
                Json.createObjectBuilder()
                        .add("patient", patient(number, name))
                        .add("instrument", "phq-9")
                        .add("language", "en")
                        .build())
                .asJsonObject();
        return server.resolve(assigned.getString("link")).toString();
    }

    private String patient(String number, String name) {
        return http.get(api("/epr/patients?q=" + encode(number)))
                .asJsonObject()
                .getJsonArray("patients")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(patient -> number.equals(patient.getString("number")))
                .findFirst()
                .orElseGet(() -> http
                        .post(api("/epr/patients"),
                                Json.createObjectBuilder().add("number", number).add("name", name).build())
                        .asJsonObject())
                .getString("id");
    }

    private String api(String path) {
        return "/api/" + tenant + path;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A member of the demo clinic's staff, signed in at the identity provider as in a browser, who uses the REST API that the pages use. */
final class StaffMember {

    private final Http http;
    private final String tenant;

    private StaffMember(Http http, String tenant) {
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
        if (answer.statusCode() != 200) {
            throw StoppedShortException.refused("%s could not sign in: status %d at %s.".formatted(name,
                    answer.statusCode(), answer.uri().getPath()));
        }
        return new StaffMember(http, tenant);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sluse.actor.Role;

/** What somebody careless or hostile sends is refused in words, leaves nothing behind and is never a fault of the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesIT {

    /** Stands in what is sent, and must not stand in what is answered. */
    private static final String CONTENT = "Zebrafinch";

    private static final Map<String, String> BODIES = bodies();

    private final BusyClinic clinic = new BusyClinic("Ourword");

    @Test
    void a_body_that_is_not_what_was_asked_for_is_refused_at_every_endpoint() {
        var before = clinic.seen();
        var softly = new SoftAssertions();

        for (var endpoint : Endpoint.all()) {
            if (endpoint.takesBody()) {
                BODIES.forEach((what, body) -> refused(softly, endpoint.name() + " with " + what,
                        send(endpoint, credential(endpoint), body)));
            }
        }

        softly.assertAll();
        assertUnchanged(before);
    }

    @Test
    void a_body_of_another_media_type_is_refused_at_every_endpoint() {
        var before = clinic.seen();
        var softly = new SoftAssertions();

        for (var endpoint : Endpoint.all()) {
            if (endpoint.takesBody()) {
                var headers = new java.util.HashMap<>(credential(endpoint));
                headers.put("Content-Type", "text/plain");
                var answer = send(endpoint, headers, "{\"" + CONTENT + "\": 1}");
                softly.assertThat(answer.statusCode()).as(endpoint.name()).isEqualTo(415);
                softly.assertThat(type(answer)).as(endpoint.name()).startsWith("application/problem+json");
            }
        }

        softly.assertAll();
        assertUnchanged(before);
    }

    @Test
    void a_value_that_cannot_be_is_refused_with_its_place() {
        var before = clinic.seen();
        var softly = new SoftAssertions();

        for (var wrong : List.of("12345678901", "010190 12345", "kari@example.no", "kari at example.no",
                "kari(at)example.no", "+47 912 34 567", "1990-01-01", "01.01.1990", "", " ", "x".repeat(65),
                "a\\u0000b",
                "a\\u0007b", "<b>Kari</b>")) {
            var renamed = Http.send("PUT", at("/video/invitations/me/display-name"),
                    clinic.headers(Role.LINK_HOLDER, "video"), "{\"displayName\": \"" + wrong + "\"}");
            refused(softly, "display name " + wrong, renamed);
            softly.assertThat(renamed.statusCode()).as(wrong).isEqualTo(422);
        }
        for (var wrong : List.of("{\"number\": \"\"}", "{\"number\": \"a\\u0000b\"}", "{\"number\": \"%s\"}".formatted(
                "9".repeat(1000)), "{\"number\": \"P-7\", \"name\": \"a\\u0000b\"}", "{\"name\": \"Kari\"}")) {
            refused(softly, "patient " + wrong, practitioner("POST", "/epr/patients", wrong));
        }
        for (var wrong : List.of("\"startsAt\": \"tomorrow\", \"minutes\": 30", "\"startsAt\": 1, \"minutes\": 30",
                "\"startsAt\": \"2099-01-01T10:00:00Z\", \"minutes\": 0",
                "\"startsAt\": \"2099-01-01T10:00:00Z\", \"minutes\": 100000000000000000000",
                "\"startsAt\": \"+999999999-12-31T23:59:59Z\", \"minutes\": 30",
                "\"startsAt\": \"2000-01-01T10:00:00Z\", \"minutes\": 30",
                "\"startsAt\": \"2099-01-01T10:00:00Z\", \"minutes\": null",
                "\"startsAt\": \"2099-01-01T10:00:00Z\", \"minutes\": 30")) {
            refused(softly, "session " + wrong, practitioner("POST", "/video/sessions",
                    "{" + wrong + ", \"patientLabel\": \"Patient 9\", \"displayName\": \"Nina\"}"));
        }
        refused(softly, "a note that cannot be kept", practitioner("POST",
                "/epr/assessments/" + clinic.ids().delivered() + "/acknowledgement", "{\"note\": \"a\\u0000b\"}"));
        refused(softly, "a person that cannot be kept", Http.send("POST", at("/core/people"),
                clinic.headers(Role.ADMINISTRATOR, ""),
                "{\"subject\": \"a\\u0000b\", \"name\": \"c\", \"roles\": [\"practitioner\"]}"));
        refused(softly, "a setting that cannot be kept", Http.send("PUT", at("/core/modules/epr/settings"),
                clinic.headers(Role.ADMINISTRATOR, ""), "{\"name\": \"a\\u0000b\"}"));
        for (var wrong : List.of("{\"code\": \"LA0000-0\"}", "{}", "{\"code\": \"LA6571-9\", \"declined\": true}",
                "{\"code\": \"a\\u0000b\"}")) {
            refused(softly, "answer " + wrong, Http.send("PUT", at("/epr/questionnaire/answers/44250-9"),
                    clinic.headers(Role.LINK_HOLDER, "epr"), wrong));
        }
        refused(softly, "answer to no question", Http.send("PUT", at("/epr/questionnaire/answers/nothing"),
                clinic.headers(Role.LINK_HOLDER, "epr"), "{\"code\": \"LA6571-9\"}"));

        softly.assertAll();
        assertUnchanged(before);
    }

    @Test
    void an_id_that_is_none_is_as_unknown_as_nobodys() {
        var softly = new SoftAssertions();

        for (var id : List.of("1", "x", "..%2F..", "%00", "00000000-0000-4000-8000-00000000000g", "'%20or%201=1--",
                "9".repeat(2000))) {
            for (var path : List.of("/video/sessions/", "/epr/patients/", "/epr/assessments/")) {
                var answer = Http.send("GET", at(path + id), clinic.headers(Role.PRACTITIONER, ""), "");
                softly.assertThat(answer.statusCode()).as(path + id).isIn(400, 404);
            }
            var delivery = Http.send("GET", at("/epr/deliveries/" + id + "/message"),
                    clinic.headers(Role.PRACTITIONER, ""), "");
            softly.assertThat(delivery.statusCode()).as(id).isIn(400, 404);
        }
        for (var query : List.of("/video/sessions?from=yesterday", "/video/sessions?from=1&to=2",
                "/epr/assessments?patient=x", "/epr/deliveries?assessment=x", "/epr/patients?q=%00")) {
            var answer = Http.send("GET", at(query), clinic.headers(Role.PRACTITIONER, ""), "");
            softly.assertThat(answer.statusCode()).as(query).isLessThan(500);
        }

        softly.assertAll();
    }

    @Test
    void a_socket_closes_upon_what_it_does_not_understand() {
        var softly = new SoftAssertions();

        for (var first : List.of("", "{", "[]", "null", "{\"type\": \"end\"}", "{\"type\": \"join\"}",
                "{\"type\": \"join\", \"ticket\": \"nobodys\"}",
                "{\"type\": \"join\", \"ticket\": \"a\", \"owner\": true}")) {
            softly.assertThat(Socket.open(clinic.clinic(), "video").say(first).closed()).as(first).isIn(4400, 4401);
        }
        for (var next : List.of("{", "{\"type\": \"nothing\"}", "{\"type\": \"heartbeat\", \"owner\": true}",
                "{\"type\": \"admit\"}", "{\"type\": \"hold\", \"participant\": 1, \"message\": null}")) {
            var socket = Socket.open(clinic.clinic(), "video", clinic.practitioner().cookieHeader())
                    .say("{\"type\": \"join\", \"ticket\": \"" + clinic.ticket() + "\"}");
            socket.next();
            softly.assertThat(socket.say(next).closed()).as(next).isEqualTo(4400);
        }

        softly.assertAll();
    }

    private void assertUnchanged(List<String> before) {
        org.assertj.core.api.Assertions.assertThat(clinic.seen()).isEqualTo(before);
    }

    private static Map<String, String> bodies() {
        var bodies = new LinkedHashMap<String, String>();
        bodies.put("half an object", "{\"" + CONTENT + "\": ");
        bodies.put("an array", "[\"" + CONTENT + "\"]");
        bodies.put("a text", "\"" + CONTENT + "\"");
        bodies.put("nothing", "null");
        bodies.put("an unknown member", "{\"owner\": \"" + CONTENT + "\"}");
        bodies.put("two objects", "{} {\"owner\": \"" + CONTENT + "\"}");
        bodies.put("a tower", "[".repeat(100_000));
        bodies.put("a tower of objects", "{\"owner\":".repeat(50_000));
        bodies.put("a huge number", "{\"owner\": 1" + "0".repeat(5_000) + "}");
        bodies.put("no text at all", "\u0000\u0001\u0002");
        bodies.put("more than 2 MB", "{\"owner\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}");
        return bodies;
    }

    private void refused(SoftAssertions softly, String what, HttpResponse<String> answer) {
        softly.assertThat(answer.statusCode()).as(what).isBetween(400, 499);
        softly.assertThat(type(answer)).as(what).startsWith("application/problem+json");
        softly.assertThat(answer.body()).as(what).contains("\"detail\"").doesNotContain(CONTENT);
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none");
    }

    private Map<String, String> credential(Endpoint endpoint) {
        return clinic.headers(endpoint.roles().iterator().next(),
                endpoint.name().contains("/video/") ? "video" : "epr");
    }

    private HttpResponse<String> practitioner(String method, String path, String body) {
        return Http.send(method, at(path), clinic.headers(Role.PRACTITIONER, ""), body);
    }

    private HttpResponse<String> send(Endpoint endpoint, Map<String, String> headers, String body) {
        var address = EndpointRow.of(endpoint).address().apply(clinic.ids()).replace("{tenant}", clinic.clinic().id());
        return Http.send(endpoint.verb(), clinic.clinic().at(address), headers, body);
    }

    private java.net.URI at(String path) {
        return clinic.clinic().at("/api/" + clinic.clinic().id() + path);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EdgeIT {

    private final Clinic clinic = Clinic.create();

    @Test
    void a_module_that_is_off_an_unknown_path_and_an_unknown_clinic_answer_alike() {
        var off = clinic.get("/api/" + clinic.id() + "/video/sessions");
        var unknown = clinic.get("/api/" + clinic.id() + "/nothing/sessions");
        var nobody = clinic.get("/api/clinic-nowhere/video/sessions");

        assertThat(List.of(seen(off), seen(unknown))).containsOnly(seen(nobody));
        assertThat(off.statusCode()).isEqualTo(404);
    }

    @Test
    void a_caller_of_fhir_reads_in_an_operation_outcome_that_nothing_is_there_and_not_why() {
        for (var name : List.of("/fhir/", "/sandbox/")) {
            var off = clinic.get(name + clinic.id() + "/Observation?patient=1");
            var unknown = clinic.get(name + "clinic-nowhere/Observation?patient=1");
            var noClinic = clinic.get(name + "NOT_A_CLINIC");

            assertThat(List.of(seen(off), seen(noClinic))).containsOnly(seen(unknown));
            assertThat(off.statusCode()).isEqualTo(404);
            assertThat(off.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+json");
            assertThat(Clinic.json(off).at("/issue/0/code").asText()).isEqualTo("not-found");
        }
    }

    private static Map<String, Object> seen(HttpResponse<String> answer) {
        var headers = new java.util.TreeMap<>(answer.headers().map());
        headers.remove("date");
        return Map.of("status", answer.statusCode(), "body", answer.body(), "headers", headers);
    }

    @Test
    void every_boundary_of_a_module_that_is_off_is_closed() {
        for (var plugin : List.of("video", "epr")) {
            for (var path : List.of("/api/%s/" + plugin + "/x", "/ui/%s/" + plugin + "/today.js",
                    "/ui/%s/" + plugin + "/messages/en.json", "/ws/%s/" + plugin)) {
                assertThat(clinic.get(path.formatted(clinic.id())).statusCode()).as(path).isEqualTo(404);
            }
        }
        assertThat(clinic.get("/fhir/" + clinic.id() + "/Questionnaire").statusCode()).isEqualTo(404);
        assertThat(clinic.get("/fhir/" + clinic.id() + "/metadata").body()).as("what is there whatever is on")
                .contains("AuditEvent")
                .doesNotContain("Questionnaire", "Observation");
    }

    @Test
    void the_operators_address_is_no_clinic_through_which_anything_else_is_reached() {
        var server = RunningServer.get();
        for (var path : List.of("core/modules", "core/people", "core/register", "video/sessions", "epr/patients")) {
            var answer = Http.send("GET", server.base().resolve("/api/operate/" + path),
                    Map.of("Authorization", "Bearer " + server.operatorToken()), "");

            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void who_is_not_the_operator_learns_nothing_of_what_a_body_should_be() {
        var server = RunningServer.get();

        var answer = Http.send("POST", server.base().resolve("/api/operate/tenants"),
                Map.of("Content-Type", "application/json"), "{\"nobodyKnows\": 1}");

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void a_member_that_is_missing_is_named() {
        var refused = clinic.administrator()
                .send("POST", "/core/people", "{\"subject\": \"practitioner-9\", \"roles\": [\"practitioner\"]}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("'/name' is missing");
    }

    @Test
    void what_is_not_json_is_told_and_nothing_is_stored() {
        var administrator = clinic.administrator();

        for (var body : List.of("{", "[]",
                "{\"subject\": \"x\", \"name\": \"y\", \"roles\": [\"practitioner\"], \"owner\": true}", "null",
                "{\"subject\": 1}")) {
            var answer = administrator.send("POST", "/core/people", body);

            assertThat(answer.statusCode()).as(body).isIn(400, 422);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
        }
        assertThat(Clinic.json(administrator.get("/core/people")).get("people")).hasSize(2);
    }

    @Test
    void a_body_of_10_mb_is_refused() {
        var answer = clinic.administrator()
                .send("POST", "/core/people", "{\"name\": \"" + "x".repeat(10_000_000) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void a_changing_call_from_a_page_of_another_site_is_refused() {
        var administrator = clinic.administrator();
        var address = clinic.at("/api/" + clinic.id() + "/core/sign-out");

        var withoutHeader = Http.send("POST", address, Map.of("Cookie", administrator.cookieHeader()), "");
        var foreignOrigin = Http.send("POST", address, Map.of("Cookie", administrator.cookieHeader(), "X-Sluse-Request",
                "1", "Origin", "https://other.example"), "");

        assertThat(withoutHeader.statusCode()).isEqualTo(403);
        assertThat(foreignOrigin.statusCode()).isEqualTo(403);
        assertThat(administrator.get("/core/me").statusCode()).isEqualTo(200);
    }

    @Test
    void a_socket_opens_from_our_own_pages_and_from_nowhere_else() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        var own = clinic.at("/").toString().replaceAll("/$", "");

        for (var origin : List.of("", "null", "https://other.example", own + ".other.example", own + "1", own + "/",
                own.replaceFirst("http", "ftp"))) {
            assertThat(Socket.handshakeFrom(clinic, "video", origin)).as("'%s'", origin).isEqualTo(403);
        }
        assertThat(Socket.handshakeFrom(clinic, "video", own)).isEqualTo(101);
    }

    @Test
    void a_practitioner_is_refused_what_is_for_administrators_and_the_refusal_is_recorded() {
        var refused = clinic.practitioner().get("/core/people");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Clinic.json(clinic.administrator().get("/core/audit")).get("rows").findValuesAsText("outcome"))
                .contains("REFUSED");
    }

    @Test
    void a_page_forbids_everything_that_is_not_its_own() {
        var page = clinic.get("/" + clinic.id() + "/sign-in");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("style=", "onclick");
    }

    @Test
    void a_page_for_staff_leads_who_is_not_signed_in_to_the_sign_in() {
        var page = clinic.get("/" + clinic.id() + "/admin/modules");

        assertThat(page.headers().firstValue("Location").orElseThrow())
                .endsWith("/" + clinic.id() + "/sign-in?to=admin%2Fmodules");
    }

    @Test
    void files_outside_the_pages_folders_are_not_served() {
        for (var path : List.of("/ui/kit/../../../db/core/V001__core.sql", "/ui/kit/%2e%2e/kit/kit.css",
                "/ui/kit/messages_en.properties", "/WEB-INF/beans.xml",
                "/META-INF/MANIFEST.MF", "/ui/lit/../kit/kit.css")) {
            assertThat(clinic.get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void the_operators_address_is_closed_without_the_token() {
        var answer = Http.send("GET", clinic.at("/api/operate/tenants"), Map.of("Authorization", "Bearer wrong"), "");

        assertThat(answer.statusCode()).isEqualTo(401);
    }
}

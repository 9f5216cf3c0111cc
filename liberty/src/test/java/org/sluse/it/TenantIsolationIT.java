// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantIsolationIT {

    private final Clinic a = Clinic.create();
    private final Clinic b = Clinic.create();

    @Test
    void nobody_of_one_clinic_is_known_at_another() {
        var stolen = a.administrator().cookieHeader();

        for (var path : List.of("me", "modules", "register", "ledger", "audit", "people")) {
            var answer = Http.send("GET", b.at("/api/" + b.id() + "/core/" + path), Map.of("Cookie", stolen), "");

            assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void a_cookie_under_the_other_clinics_name_is_worth_nothing() {
        var value = a.administrator().cookieHeader().split("=", 2)[1];

        var answer = Http.send("GET", b.at("/api/" + b.id() + "/core/me"),
                Map.of("Cookie", "sluse-" + b.id() + "=" + value), "");

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void an_answer_of_one_clinics_provider_opens_nothing_at_another() {
        var browser = Staff.nobody(a);
        var answered = browser.answer(browser.question(), "administrator-1").toString();

        var back = browser
                .browse(java.net.URI.create(answered.replace("/api/" + a.id() + "/", "/api/" + b.id() + "/")));

        assertThat(back.headers().firstValue("Location").orElseThrow()).contains("/" + b.id() + "/sign-in?why=");
        assertThat(browser.cookieHeader()).doesNotContain("sluse-" + b.id());
    }

    @Test
    void a_ticket_of_one_clinic_opens_no_socket_of_another() {
        List.of(a, b).forEach(clinic -> clinic.with("video", "{}", "[\"addresses-visible\"]"));
        var atA = a.practitioner();
        var atBoth = atA.cookieHeader() + "; " + b.practitioner().cookieHeader();
        var ticket = Clinic.json(atA.send("POST", "/video/tickets/today", "{}")).get("ticket").asText();

        var socket = Socket.open(b, "video", atBoth).say("{\"type\": \"join\", \"ticket\": \"%s\"}".formatted(ticket));

        assertThat(socket.closed()).isEqualTo(4401);
    }

    @Test
    void the_operators_token_is_nothing_in_a_clinic() {
        var answer = Http.send("GET", a.at("/api/" + a.id() + "/core/audit"),
                Map.of("Authorization", "Bearer " + RunningServer.get().operatorToken()), "");

        assertThat(answer.statusCode()).isEqualTo(401);
    }
}

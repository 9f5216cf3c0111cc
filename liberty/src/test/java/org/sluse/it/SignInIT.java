// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInIT {

    private static final int TICKET_REFUSED = 4401;
    private static final int SIGNED_OUT = 4402;

    private final Clinic clinic = Clinic.create();

    @Test
    void leads_an_administrator_to_the_console_of_their_own_clinic() {
        var administrator = clinic.administrator();

        var me = Clinic.json(administrator.get("/core/me"));

        assertThat(me.at("/tenant/id").asText()).isEqualTo(clinic.id());
        assertThat(me.at("/actor/roles/0").asText()).isEqualTo("administrator");
    }

    @Test
    void asks_with_pkce_state_and_nonce() {
        var question = Staff.nobody(clinic).question().getQuery();

        assertThat(question).contains("code_challenge_method=S256", "code_challenge=", "state=", "nonce=",
                "response_type=code");
    }

    @Test
    void refuses_somebody_who_is_not_in_the_list_of_people() {
        var stranger = Staff.nobody(clinic);

        var back = stranger.browse(stranger.answer(stranger.question(), "stranger-1"));

        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?why=refused");
        assertThat(stranger.get("/core/me").statusCode()).isEqualTo(401);
    }

    @Test
    void refuses_an_answer_with_another_state() {
        var victim = Staff.nobody(clinic);
        var answered = victim.answer(victim.question(), "administrator-1").toString();

        var back = victim.browse(URI.create(answered.replaceFirst("state=[^&]+", "state=another")));

        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?why=refused");
    }

    @Test
    void refuses_an_answer_in_a_browser_that_did_not_ask() {
        var attacker = Staff.nobody(clinic);
        var answered = attacker.answer(attacker.question(), "administrator-1");

        var back = Staff.nobody(clinic).browse(answered);

        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?why=ended");
    }

    @Test
    void refuses_an_answer_that_names_another_issuer() {
        var victim = Staff.nobody(clinic);
        var answered = victim.answer(victim.question(), "administrator-1");

        var back = victim.browse(URI.create(answered + "&iss=https://other.example"));

        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?why=refused");
    }

    @Test
    void takes_an_answer_once() {
        var practitioner = Staff.nobody(clinic);
        var answered = practitioner.answer(practitioner.question(), "practitioner-1");
        var kept = practitioner.cookieHeader();
        practitioner.browse(answered);

        var again = practitioner.browse(answered);
        var byWhoKeptTheCookie = Http.send("GET", answered, Map.of("Cookie", kept), "");

        assertThat(again.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?why=ended");
        assertThat(byWhoKeptTheCookie.headers().firstValue("Location").orElseThrow())
                .endsWith("/sign-in?why=refused");
    }

    @Test
    void is_asked_anew_after_an_answer_that_was_refused() {
        var victim = Staff.nobody(clinic);
        var answered = victim.answer(victim.question(), "administrator-1");
        victim.browse(URI.create(answered.toString().replaceFirst("state=[^&]+", "state=another")));

        var back = victim.browse(answered);

        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?why=ended");
    }

    @Test
    void says_that_the_provider_does_not_answer_where_it_does_not() {
        var silent = Clinic.create(URI.create("http://127.0.0.1:1"));

        var back = Staff.nobody(silent).get("/core/sign-in/start");

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?why=silent");
    }

    @Test
    void takes_the_sockets_with_it_when_it_ends_and_leaves_those_of_the_same_person_elsewhere() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        var laptop = clinic.practitioner();
        var phone = clinic.practitioner();
        var atLaptop = joined(laptop);
        var atPhone = joined(phone);

        laptop.send("POST", "/core/sign-out", "");

        assertThat(atLaptop.closed()).isEqualTo(SIGNED_OUT);
        atPhone.say("{\"type\": \"heartbeat\"}").hears("heartbeat");
    }

    @Test
    void takes_the_sockets_with_it_when_the_person_is_taken_off_the_list() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        var socket = joined(clinic.practitioner());
        var administrator = clinic.administrator();

        Clinic.json(administrator.get("/core/people")).get("people").forEach(person -> {
            if (!person.get("you").asBoolean()) {
                administrator.send("DELETE", "/core/people/" + person.get("id").asText(), "");
            }
        });

        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void takes_tickets_with_it_that_were_fetched_before() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        var practitioner = clinic.practitioner();
        var kept = practitioner.cookieHeader();
        var one = ticket(practitioner);
        var other = ticket(practitioner);

        practitioner.send("POST", "/core/sign-out", "");

        for (var socket : List.of(open(kept, one), open("", other))) {
            assertThat(socket.closed()).isEqualTo(TICKET_REFUSED);
            assertThat(socket.heard()).isEmpty();
        }
    }

    private Socket joined(Staff practitioner) {
        var socket = open(practitioner.cookieHeader(), ticket(practitioner));
        socket.hears("joined");
        return socket;
    }

    private Socket open(String cookies, String ticket) {
        return Socket.open(clinic, "video", cookies)
                .say("{\"type\": \"join\", \"ticket\": \"%s\"}".formatted(ticket));
    }

    private static String ticket(Staff practitioner) {
        return Clinic.json(practitioner.send("POST", "/video/tickets/today", "{}")).get("ticket").asText();
    }

    @Test
    void ends_with_signing_out_for_whoever_kept_the_cookie() {
        var administrator = clinic.administrator();
        var stolen = administrator.cookieHeader();

        administrator.send("POST", "/core/sign-out", "");

        assertThat(Http.send("GET", clinic.at("/api/" + clinic.id() + "/core/me"), Map.of("Cookie", stolen), "")
                .statusCode()).isEqualTo(401);
    }

    @Test
    void ends_when_the_person_is_taken_off_the_list() {
        var administrator = clinic.administrator();
        var practitioner = clinic.practitioner();
        var people = Clinic.json(administrator.get("/core/people")).get("people");

        people.forEach(person -> {
            if (!person.get("you").asBoolean()) {
                administrator.send("DELETE", "/core/people/" + person.get("id").asText(), "");
            }
        });

        assertThat(practitioner.get("/core/me").statusCode()).isEqualTo(401);
    }

    @Test
    void keeps_the_last_administrator() {
        var administrator = clinic.administrator();
        var own = Clinic.json(administrator.get("/core/people"))
                .get("people")
                .findParents("you")
                .stream()
                .filter(person -> person.get("you").asBoolean())
                .findFirst();

        var refused = administrator.send("DELETE", "/core/people/" + own.orElseThrow().get("id").asText(), "");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("The last administrator cannot leave");
    }

    @Test
    void is_a_row_of_the_audit_trail() {
        var administrator = clinic.administrator();

        var rows = Clinic.json(administrator.get("/core/audit?action=SIGN_IN")).get("rows");

        assertThat(rows.findValuesAsText("objectType")).contains("Staff");
    }
}

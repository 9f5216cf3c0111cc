// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a clinic's audit trail says of an act beside who did what: from where, by which kind of program, of how much, and why it was refused. */
class AuditSourceIT {

    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64)";

    private final Clinic clinic = Clinic.create();
    private final Staff reader = clinic.administrator();

    @Test
    void a_reading_of_a_list_says_from_where_and_how_many() {
        var cookie = clinic.administrator().cookieHeader();

        Http.send("GET", clinic.at("/api/" + clinic.id() + "/core/people"),
                Map.of("Cookie", cookie, "User-Agent", BROWSER, "X-Forwarded-For", "192.0.2.77"), "");

        var row = newest(one -> one.get("objectType").asText().equals("Staff")
                && one.get("object").asText().equals("*") && one.get("agent").asText().equals("BROWSER"));
        assertThat(row.get("network").asText()).as("a header that nobody was told to believe")
                .isEqualTo("127.0.0.0/24");
        assertThat(row.get("objects").asInt()).isEqualTo(2);
        assertThat(row.toString()).doesNotContain("127.0.0.1", "Mozilla", "192.0.2");
    }

    @Test
    void a_role_that_is_not_enough_is_a_refusal_with_its_reason() {
        assertThat(clinic.practitioner().get("/core/people").statusCode()).isEqualTo(403);

        var row = refused("forbidden");
        assertThat(row.get("action").asText()).isEqualTo("READ");
        assertThat(row.at("/actor/name").asText()).isEqualTo("Practitioner 1");
        assertThat(row.get("objects").asInt()).isZero();
    }

    @Test
    void a_wrong_link_is_a_refusal_with_its_reason() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");

        var answer = Http.send("POST", clinic.at("/api/" + clinic.id() + "/video/invitations/exchange"),
                Map.of("Content-Type", "application/json", "X-Sluse-Request", "1", "User-Agent", "curl/8.5.0"),
                "{\"code\": \"AAAAAAAAQACAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA\"}");

        assertThat(answer.statusCode()).isEqualTo(410);
        var row = refused("link-not-in-use");
        assertThat(row.get("action").asText()).isEqualTo("SIGN_IN");
        assertThat(row.get("agent").asText()).isEqualTo("COMMAND_LINE");
        assertThat(row.get("object").asText()).as("no part of the code").isEqualTo("*");

        for (var time = 0; time < 3; time++) {
            Http.send("POST", clinic.at("/api/" + clinic.id() + "/video/invitations/exchange"),
                    Map.of("Content-Type", "application/json", "X-Sluse-Request", "1", "User-Agent", "curl/8.5.0"),
                    "{\"code\": \"AAAAAAAAQACAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA\"}");
        }
        assertThat(rows().stream().filter(one -> one.path("reason").asText().equals("link-not-in-use")))
                .as("a row a minute")
                .hasSize(1);
    }

    @Test
    void a_wrong_sign_in_says_whether_the_answer_or_the_person_was_refused() {
        var stranger = Staff.nobody(clinic);
        stranger.browse(stranger.answer(stranger.question(), "stranger-1"));
        assertThat(refused("person-unknown").get("action").asText()).isEqualTo("SIGN_IN");

        var victim = Staff.nobody(clinic);
        var answered = victim.answer(victim.question(), "administrator-1").toString();
        victim.browse(java.net.URI.create(answered.replaceFirst("state=[^&]+", "state=another")));
        assertThat(refused("answer-refused").get("action").asText()).isEqualTo("SIGN_IN");
    }

    @Test
    void a_page_of_another_site_is_a_refusal_with_its_reason() {
        var practitioner = clinic.practitioner();

        Http.send("POST", clinic.at("/api/" + clinic.id() + "/core/sign-out"),
                Map.of("Cookie", practitioner.cookieHeader(), "Origin", "https://other.example", "X-Sluse-Request",
                        "1"),
                "");

        assertThat(refused("other-site").at("/actor/name").asText()).isEqualTo("Practitioner 1");
    }

    @Test
    void an_act_over_a_socket_comes_from_the_network_of_its_handshake() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        var practitioner = clinic.practitioner();
        var ticket = Clinic.json(practitioner.send("POST", "/video/tickets/today", "{}")).get("ticket").asText();

        Socket.open(clinic, "video", practitioner.cookieHeader())
                .say("{\"type\": \"join\", \"ticket\": \"%s\"}".formatted(ticket))
                .hears("joined");

        var row = newest(one -> one.get("objectType").asText().equals("Ticket")
                && one.get("action").asText().equals("SIGN_IN"));
        assertThat(row.get("outcome").asText()).isEqualTo("DONE");
        assertThat(row.at("/actor/name").asText()).isEqualTo("Practitioner 1");
        assertThat(row.get("network").asText()).isEqualTo("127.0.0.0/24");
        assertThat(row.get("agent").asText()).isEqualTo("COMMAND_LINE");
    }

    @Test
    void a_wrong_ticket_is_a_refusal_with_its_reason_once_a_minute() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");

        for (var time = 0; time < 3; time++) {
            var socket = Socket.open(clinic, "video")
                    .say("{\"type\": \"join\", \"ticket\": \"AAAAAAAAQACAAAAAAAAAAA\"}");
            assertThat(socket.closed()).isEqualTo(4401);
        }

        var row = refused("ticket-refused");
        assertThat(row.get("action").asText()).isEqualTo("SIGN_IN");
        assertThat(row.at("/actor/kind").asText()).isEqualTo("ANONYMOUS");
        assertThat(row.get("network").asText()).isEqualTo("127.0.0.0/24");
        assertThat(rows().stream().filter(one -> one.get("objectType").asText().equals("Ticket"))).hasSize(1);
    }

    @Test
    void a_proxy_is_believed_where_the_operator_says_so() {
        var server = RunningServer.start(CommandLine.emptyFolder(), "sluse.trusted-proxies=127\\\\.0\\\\.0\\\\.1\n");

        try {
            Http.send("GET", server.base().resolve("/api/operate/me"),
                    Map.of("Authorization", "Bearer wrong", "X-Forwarded-For", "2001:db8:1:2::3", "X-Forwarded-Proto",
                            "https"),
                    "");

            assertThat(Clinic.json(server.operate("GET", "/log?action=SIGN_IN", "")).findValue("network").asText())
                    .isEqualTo("2001:db8:1::/48");
        } finally {
            server.command("stop");
        }
    }

    private JsonNode refused(String reason) {
        return newest(
                row -> row.get("outcome").asText().equals("REFUSED") && row.path("reason").asText().equals(reason));
    }

    private JsonNode newest(java.util.function.Predicate<JsonNode> which) {
        return rows().stream()
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No such row: " + rows()));
    }

    private List<JsonNode> rows() {
        return Clinic.rows(reader.get("/core/audit"));
    }
}

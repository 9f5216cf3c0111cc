// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The operator's way into the console, log, clinics and register, over HTTP and by the command line. */
@ResourceLock("operator")
class OperatorConsoleIT {

    private final Clinic clinic = Clinic.create();

    @Test
    void the_command_line_prints_a_link_that_opens_the_console_once() {
        var link = said("operator").strip();
        assertThat(link).startsWith(RunningServer.get().base() + "/operate/sign-in#");

        assertThat(OperatorSession.exchange(link.split("#")[1]).statusCode()).isEqualTo(204);
        assertThat(OperatorSession.exchange(link.split("#")[1]).statusCode()).isEqualTo(410);
    }

    @Test
    void without_a_session_a_page_leads_to_the_sign_in_and_a_call_is_refused() {
        var page = clinic.get("/operate/clinics");
        var call = clinic.get("/api/operate/me");

        assertThat(page.headers().firstValue("Location").orElseThrow()).endsWith("/operate/sign-in?to=clinics");
        assertThat(call.statusCode()).isEqualTo(401);
    }

    @Test
    void a_session_opens_pages_and_calls_of_the_operator_until_it_is_signed_out() {
        var session = OperatorSession.begin();

        assertThat(session.send("GET", "/operate/clinics", "").statusCode()).isEqualTo(200);
        assertThat(session.send("GET", "/api/operate/me", "").body()).contains("\"operator\"");
        assertThat(session.send("GET", "/operate/nothing", "").statusCode()).isEqualTo(404);

        session.send("POST", "/api/operate/sign-out", "");

        assertThat(session.send("GET", "/api/operate/me", "").statusCode()).isEqualTo(401);
    }

    @Test
    void a_session_is_worth_nothing_at_a_clinic_and_a_clinics_nothing_in_the_console() {
        var session = OperatorSession.begin();
        var staff = clinic.administrator().cookieHeader();

        assertThat(session.send("GET", "/api/" + clinic.id() + "/core/audit", "").statusCode()).isEqualTo(401);
        for (var cookie : List.of(staff, "sluse.operate=" + staff.split("=", 2)[1],
                session.cookie() + "x")) {
            assertThat(Http.send("GET", clinic.at("/api/operate/me"), Map.of("Cookie", cookie), "").statusCode())
                    .as(cookie)
                    .isEqualTo(401);
        }
    }

    @Test
    void who_shows_a_wrong_token_is_not_asked_for_a_session() {
        var session = OperatorSession.begin();

        var answer = session.send("GET", "/api/operate/me", "", Map.of("Authorization", "Bearer wrong"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(OperatorLog.newest("action=SIGN_IN", "OperatorToken").get("reason").asText())
                .isEqualTo("token-refused");
    }

    @Test
    void a_page_of_another_site_changes_nothing_with_the_operators_cookie() {
        var session = OperatorSession.begin();

        for (var headers : List.of(Map.<String, String>of(),
                Map.of("X-Sluse-Request", "1", "Origin", "https://other.example"))) {
            assertThat(session.send("DELETE", "/api/operate/sessions", "", headers).statusCode()).as("%s", headers)
                    .isEqualTo(403);
        }
        assertThat(session.send("GET", "/api/operate/me", "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_link_that_is_wrong_is_in_the_log_with_its_reason_and_where_it_came_from() {
        assertThat(OperatorSession.exchange("wrong").statusCode()).isEqualTo(410);

        var row = OperatorLog.newest("action=SIGN_IN", "OperatorSession",
                one -> one.get("outcome").asText().equals("REFUSED") && one.get("agent").asText().equals("BROWSER"));

        assertThat(row.get("reason").asText()).isEqualTo("link-not-in-use");
        assertThat(row.get("network").asText()).isEqualTo("127.0.0.0/24");
    }

    @Test
    void clinics_are_listed_page_by_page_and_found_by_their_words() {
        var second = Clinic.create();

        var first = Clinic.json(RunningServer.get().operate("GET", "/tenants?size=1", ""));
        var number = second.id().substring("clinic-".length());
        var found = Clinic.json(RunningServer.get().operate("GET", "/tenants?search=" + number + "%20CLIN", ""));
        var one = Clinic.json(RunningServer.get().operate("GET", "/tenants/" + second.id() + "?lang=nb", ""));

        assertThat(first.get("tenants")).hasSize(1);
        assertThat(first.get("more").asBoolean()).isTrue();
        assertThat(found.get("tenants").findValuesAsText("id")).contains(second.id());
        assertThat(one.at("/clinic/setUp").asBoolean()).isTrue();
        assertThat(one.get("modules").findValuesAsText("state")).containsOnly("OFF");
        assertThat(RunningServer.get().operate("GET", "/tenants?size=0", "").statusCode()).isEqualTo(422);
        assertThat(said("tenant", "list").lines().map(line -> line.split("\t")[0]).sorted().distinct().toList())
                .contains(clinic.id(), second.id());
    }

    @Test
    void the_command_line_shows_the_log() {
        RunningServer.get().operate("GET", "/tenants/" + clinic.id() + "/register", "");

        var lines = said("log", "--tenant", clinic.id(), "--act", "READ").lines().toList();

        assertThat(lines.getFirst().split("\t")).contains("operator", "READ", "Register " + clinic.id(), clinic.id(),
                "done", "127.0.0.0/24");
        assertThat(said("log", "--lines", "60").lines()).hasSizeLessThanOrEqualTo(60);
        assertThat(RunningServer.get().command("log", "--from", "yesterday")).isEqualTo(1);
    }

    @Test
    void the_log_names_the_account_that_the_command_line_was_called_from_and_that_made_a_link() {
        var account = System.getProperty("user.name");
        var session = OperatorSession.of(said("operator").strip().split("#")[1]);
        session.send("GET", "/api/operate/tenants/" + clinic.id() + "/register", "");

        var read = OperatorLog.newest("action=READ&clinic=" + clinic.id(), "Register");

        assertThat(OperatorLog.newest("action=CREATE", "OperatorLink").get("operator").asText()).isEqualTo(account);
        assertThat(OperatorLog.newest("action=SIGN_IN", "OperatorSession").get("operator").asText()).isEqualTo(account);
        assertThat(read.get("operator").asText()).isEqualTo(account);
        assertThat(Clinic.json(session.send("GET", "/api/operate/me", "")).at("/actor/name").asText())
                .isEqualTo(account);
        assertThat(said("log", "--act", "READ", "--tenant", clinic.id()).lines().findFirst().orElseThrow().split("\t"))
                .contains("operator (" + account + ")");
    }

    @Test
    void a_name_that_is_none_is_refused_and_one_beside_a_wrong_token_is_not_written_down() {
        var token = RunningServer.get().operatorToken();

        assertThat(Http.send("GET", clinic.at("/api/operate/me"),
                Map.of("Authorization", "Bearer " + token, "X-Sluse-Operator", "a%0Ab"), "").statusCode())
                .isEqualTo(400);
        Http.send("GET", clinic.at("/api/operate/me"),
                Map.of("Authorization", "Bearer wrong", "X-Sluse-Operator", "mallory"), "");

        assertThat(OperatorLog.newest("action=SIGN_IN", "OperatorToken").get("operator").isNull()).isTrue();
    }

    @Test
    void what_the_system_did_by_itself_is_shown_to_whoever_asks_for_it() {
        var start = "\tsystem\tSTART\tNode ";
        var started = said("log", "--act", "START").lines()
                .filter(line -> line.contains(start))
                .findFirst()
                .map(line -> Instant.parse(line.split("\t")[0]))
                .orElseThrow();
        var soon = started.plusSeconds(1).toString();

        assertThat(said("log", "--to", soon).lines()).noneMatch(line -> line.contains(start));
        assertThat(said("log", "--to", soon, "--all").lines()).anyMatch(line -> line.contains(start));
    }

    @Test
    void a_clinic_that_is_set_up_gets_no_further_set_up_link() {
        var made = Clinic.json(RunningServer.get()
                .operate("POST", "/tenants", "{\"name\": \"Console %s\"}".formatted(clinic.id())));
        var id = made.get("id").asText();

        var again = RunningServer.get().operate("POST", "/tenants/" + id + "/set-up-link", "");

        assertThat(Clinic.json(again).get("setupUrl").asText()).contains("/" + id + "/set-up#")
                .isNotEqualTo(made.get("setupUrl").asText());
        assertThat(RunningServer.get().operate("POST", "/tenants/" + clinic.id() + "/set-up-link", "").statusCode())
                .isEqualTo(409);
    }

    private static String said(String... command) {
        return RunningServer.get().says(command);
    }
}

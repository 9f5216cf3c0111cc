// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.OperatorPages.looks;
import static org.sluse.it.OperatorPages.signIn;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What the operator stops for everybody: a module, what goes to a recipient, every session in the console. Alone, since other tests' clinics and sessions are stopped with it. */
@Isolated
class StoppedForAllIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();

    @Test
    void all_sessions_can_be_ended_from_the_command_line() {
        var session = OperatorSession.begin();

        assertThat(RunningServer.get().says("operator", "--end")).isEqualTo("ended\n");

        assertThat(session.send("GET", "/api/operate/me", "").statusCode()).isEqualTo(401);
    }

    @Test
    void what_the_operator_does_to_a_clinic_is_in_the_clinics_own_log_too() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        var administrator = clinic.administrator();
        var session = OperatorSession.begin();
        try {
            session.send("PUT", "/api/operate/plugins/video/kill", "{\"killed\": true, \"why\": \"A test\"}");

            Await.until("the clinic is told", 30, TimeUnit.SECONDS,
                    () -> operators(administrator, "SWITCH_OFF").contains("Module"));
        } finally {
            session.send("PUT", "/api/operate/plugins/video/kill", "{\"killed\": false, \"why\": \"A test\"}");
        }
        RunningServer.get().operate("GET", "/tenants/" + clinic.id() + "/register", "");
        Await.until("the clinic is told of all", 30, TimeUnit.SECONDS,
                () -> operators(administrator, "SWITCH_ON").contains("Module")
                        && operators(administrator, "CREATE").contains("Tenant")
                        && operators(administrator, "READ").contains("Register"));

        assertThat(OperatorLog.newest("action=KILL", "Plugin").get("agent").asText()).isEqualTo("COMMAND_LINE");
        assertThat(Clinic.json(RunningServer.get().operate("GET", "/log?clinic=" + clinic.id(), ""))
                .findValuesAsText("action")).contains("CREATE", "SWITCH_ON", "READ");
    }

    @Test
    void what_the_operator_stops_at_one_recipient_waits_and_goes_out_once_it_is_allowed_again() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var practitioner = clinic.practitioner();
        allowDeliveries(false);
        try {
            finishQuestionnaire(practitioner);
            Await.until("the refusal is in the ledger", 20, TimeUnit.SECONDS,
                    () -> ledger().findValuesAsText("result").contains("RECIPIENT_STOPPED"));
            assertThat(ledger().findValues("bytes").stream().mapToInt(JsonNode::asInt).sum()).isZero();
            assertThat(Clinic.json(clinic.administrator().get("/core/register")).findValuesAsText("name"))
                    .doesNotContain("Record of the tests");
        } finally {
            allowDeliveries(true);
        }
        Await.until("it has gone out", 60, TimeUnit.SECONDS,
                () -> Clinic.json(practitioner.get("/epr/deliveries")).findValuesAsText("state").contains("DELIVERED"));
    }

    @Test
    void a_disclosure_that_the_gate_refuses_is_a_refusal_with_its_reason() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var administrator = clinic.administrator();
        allowDeliveries(false);
        try {
            finishQuestionnaire(clinic.practitioner());
            Await.until("the gate has refused", 20, TimeUnit.SECONDS, () -> !refused(administrator).isEmpty());
        } finally {
            allowDeliveries(true);
        }

        var row = refused(administrator).getFirst();
        assertThat(row.get("outcome").asText()).isEqualTo("REFUSED");
        assertThat(row.get("action").asText()).isEqualTo("DISCLOSE");
        assertThat(row.get("network").asText()).as("a timer comes from nowhere").isEmpty();
        assertThat(row.get("agent").asText()).isEqualTo("NONE");
    }

    @Test
    void a_plugin_is_stopped_and_allowed_again_with_the_keyboard_and_both_are_in_the_log() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        try (var person = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = signIn(person, "stop");
            page.navigate("/operate/plugins");
            var video = page.locator("section")
                    .filter(new Locator.FilterOptions().setHas(page.locator("#plugin-video")));
            try {
                video.locator("button.stop").press("Enter");
                video.locator("button[type=submit]").press("Enter");
                assertThat(page.locator(".error-summary")).containsText("Reason");
                looks(page, "operate-plugins-no-reason");
                video.locator("input[name=why]").fill("Sound is missing");
                video.locator("input[name=why]").press("Enter");
                looks(page, "operate-plugins-question");
                page.locator("dialog button.stop").press("Enter");

                assertThat(video).containsText("Stopped everywhere");
                assertThat(page.locator("h1")).containsText("1 module is stopped");
                looks(page, "operate-plugins-stopped");
                assertThat(clinic.get("/api/" + clinic.id() + "/video/sessions").statusCode()).isEqualTo(404);
            } finally {
                RunningServer.get()
                        .operate("PUT", "/plugins/video/kill", "{\"killed\": false, \"why\": \"It is mended\"}");
            }
            page.navigate("/operate/log");
            assertThat(page.getByRole(AriaRole.ROW)
                    .filter(new Locator.FilterOptions().setHasText("A module everywhere"))
                    .first())
                    .containsText("Allowed again");
        }
    }

    @Test
    void a_recipient_that_is_stopped_is_told_as_whom_a_clinic_would_know_it() {
        try (var person = BROWSER.person("en-GB", 390, ColorScheme.LIGHT)) {
            var page = signIn(person, "recipient");
            page.navigate("/operate/plugins");
            var epr = page.locator("section")
                    .filter(new Locator.FilterOptions().setHas(page.locator("#plugin-epr")));
            try {
                epr.locator("button.stop").press("Enter");
                assertThat(epr.locator("select")).containsText(
                        "What it sends to the recipient that each clinic names itself (epr)");
                epr.locator("select").selectOption("epr");
                epr.locator("input[name=why]").fill("The record is being mended");
                epr.locator("input[name=why]").press("Enter");
                page.locator("dialog button.stop").press("Enter");

                assertThat(epr).containsText("Nothing goes to the recipient that each clinic names itself (epr)");
                looks(page, "operate-plugins-recipient");
            } finally {
                allowDeliveries(true);
            }
        }
    }

    /** Whether anything may go to the records of any clinics. */
    private static void allowDeliveries(boolean allowed) {
        var answer = RunningServer.get()
                .operate("PUT", "/plugins/epr/kill",
                        "{\"killed\": %s, \"recipient\": \"epr\", \"why\": \"The record is being mended\"}"
                                .formatted(!allowed));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** A patient finishes a questionnaire, whose result has to go to the record. */
    private void finishQuestionnaire(Staff practitioner) {
        var patient = Clinic
                .json(practitioner.send("POST", "/epr/patients", "{\"number\": \"P-1\", \"name\": \"Patient 1\"}"));
        var assigned = Clinic.json(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"gad-7\", \"language\": \"en\"}"
                        .formatted(patient.get("id").asText())));
        Questionnaire.open(clinic, assigned.get("link").asText()).answer(1, 1, 1, 1, 1, 1, 1).finish();
    }

    private JsonNode ledger() {
        return Clinic.json(clinic.administrator().get("/core/ledger"));
    }

    /** What the clinic's log says of disclosures to a recipient that the operator has stopped, the newest first. */
    private static List<JsonNode> refused(Staff administrator) {
        return Clinic.rows(administrator.get("/core/audit"))
                .stream()
                .filter(row -> row.path("reason").asText().equals("recipient-stopped"))
                .toList();
    }

    /** What the clinic's own log says of the operator's acts of this kind. */
    private static List<String> operators(Staff administrator, String action) {
        return Clinic.rows(administrator.get("/core/audit?action=" + action))
                .stream()
                .filter(row -> row.at("/actor/kind").asText().equals("OPERATOR"))
                .map(row -> row.get("objectType").asText())
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What left, found again; and held against what had been declared. */
class LedgerIT {

    private static final String NUMBER = "P-7719";

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();

    @Test
    void each_row_says_to_whom_what_how_much_about_whom_and_by_which_revision_and_nothing_of_the_content() {
        deliver();
        var administrator = clinic.administrator();

        var row = Clinic.json(administrator.get("/core/ledger?outcome=sent")).get("rows").get(0);

        assertThat(names(row)).isEqualTo(Set.of("id", "at", "recipientId", "recipient", "module", "categories",
                "bytes", "subject", "revision", "result", "outcome"));
        assertThat(row.get("recipient").asText()).isEqualTo("Record of the tests");
        assertThat(row.get("module").asText()).isEqualTo("epr");
        assertThat(row.get("categories").toString()).contains("ASSESSMENT");
        assertThat(row.get("bytes").asInt()).isPositive();
        assertThat(row.get("revision").asLong()).isPositive();
        assertThat(row.get("subject").asText()).hasSize(12);
        assertThat(administrator.get("/core/ledger").body()).doesNotContain(NUMBER, "LA6571-9", clinic.bearer());
    }

    @Test
    void a_search_finds_what_was_asked_for_and_an_export_holds_the_same() {
        deliver();
        var administrator = clinic.administrator();
        var all = rows(administrator.get("/core/ledger").body());

        assertThat(rows(administrator.get("/core/ledger?module=video").body())).isEmpty();
        assertThat(rows(administrator.get("/core/ledger?recipient=OF%20THE%20tests&module=epr").body()))
                .hasSameSizeAs(all);
        assertThat(rows(administrator.get("/core/ledger?outcome=refused").body())).isEmpty();
        assertThat(rows(administrator.get("/core/ledger?to=2020-01-01").body())).isEmpty();
        assertThat(administrator.get("/core/ledger?outcome=lost").statusCode()).isEqualTo(422);
        assertThat(administrator.get("/core/ledger/export?format=pdf").statusCode()).isEqualTo(422);

        var csv = administrator.get("/core/ledger/export?format=csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"ledger-" + clinic.id() + ".csv\"");
        assertThat(csv.body().lines()).hasSize(all.size() + 1)
                .allMatch(line -> line.startsWith("tenant,") || line.startsWith("\"" + clinic.id() + "\","));
        assertThat(rows(administrator.get("/core/ledger/export?format=json").body())).isEqualTo(all);
    }

    @Test
    void what_had_been_declared_is_no_incident() {
        deliver();

        var compared = Clinic.json(clinic.administrator().send("POST", "/core/ledger/comparison", ""));

        assertThat(compared.get("open").asInt()).isZero();
        assertThat(compared.get("undeclared")).isEmpty();
    }

    @Test
    void the_administrator_searches_on_a_phone_with_the_keyboard_alone() {
        deliver();
        try (var person = BROWSER.person("nb-NO", 390, ColorScheme.DARK)) {
            var page = Browser.signIn(person, clinic, "Administrator 1", "admin/ledger");
            assertThat(page.getByRole(AriaRole.ROW)
                    .filter(new Locator.FilterOptions().setHasText("Record of the tests"))
                    .first()).isVisible();

            page.locator("input[name=recipient]").focus();
            page.keyboard().type("nobody");
            page.keyboard().press("Enter");

            assertThat(page.locator("h1")).hasText("Ingenting ble funnet");
            Browser.isAccessible(page);
            Browser.doesNotScrollSideways(page);
            Browser.picture(page, "ledger-search-nb-390");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sammenlign nå")).focus();
            page.keyboard().press("Enter");
            assertThat(page.getByText("Alt som gikk ut, var oppgitt").first()).isVisible();
            assertThat(BROWSER.complaints()).isEmpty();
        }
    }

    @Test
    void a_node_says_in_its_health_at_how_many_clinics_something_left_undeclared() {
        var health = Http.send("GET", clinic.at("/health/ready"), Map.of(), "").body();

        assertThat(health).contains("\"disclosures\"").contains("\"undeclared\":0");
        assertThat(RunningServer.get().operate("GET", "/comparisons", "").statusCode()).isEqualTo(200);
    }

    private void deliver() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var practitioner = clinic.practitioner();
        var patient = Clinic.json(practitioner.send("POST", "/epr/patients", "{\"number\": \"" + NUMBER + "\"}"));
        var assessment = Clinic.json(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"gad-7\", \"language\": \"en\"}"
                        .formatted(patient.get("id").asText())));
        Questionnaire.open(clinic, assessment.get("link").asText()).answer(1, 1, 1, 1, 1, 1, 1).finish();
        Await.until("the questionnaire is delivered", 30, TimeUnit.SECONDS,
                () -> practitioner.get("/epr/deliveries").body().contains("DELIVERED"));
    }

    private static Set<String> names(JsonNode object) {
        var names = new HashSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static java.util.List<JsonNode> rows(String body) {
        var rows = new java.util.ArrayList<JsonNode>();
        Clinic.json(body).get("rows").forEach(rows::add);
        return rows;
    }
}

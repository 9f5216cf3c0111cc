// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisterIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final URI RECORD = URI.create("http://127.0.0.1:1/fhir");

    private final Clinic clinic = Clinic.create();

    @Test
    void the_row_of_a_recipient_comes_and_goes_with_the_module_and_the_past_stays() {
        clinic.delivering(RECORD);
        var administrator = clinic.administrator();
        var whileOn = register(administrator, "");
        administrator.send("PUT", "/core/modules/epr", "{\"on\": false}");
        var now = register(administrator, "");
        var then = register(administrator, "&as-of=" + whileOn.get("since").asText());

        assertThat(recipients(whileOn)).containsExactly("Record of the tests");
        assertThat(recipients(now)).isEmpty();
        assertThat(recipients(then)).containsExactly("Record of the tests");
        assertThat(then.get("revision").asInt()).isEqualTo(now.get("revision").asInt() - 1);
        assertThat(then.get("proof")).isEqualTo(whileOn.get("proof"));
    }

    @Test
    void each_change_is_one_revision_that_says_what_changed() {
        clinic.delivering(RECORD);
        var administrator = clinic.administrator();
        administrator.send("PUT", "/core/modules/epr/settings", "{\"address\": \"Another street\"}");
        administrator.send("PUT", "/core/modules/epr/settings", "{\"address\": \"Another street\"}");

        var revisions = Clinic.json(administrator.get("/core/register/revisions?lang=en")).get("revisions");
        var difference = Clinic.json(administrator.get("/core/register/difference?from=2&to=3&lang=en"));

        assertThat(revisions).hasSize(3);
        assertThat(difference.at("/changes/0/kind").asText()).isEqualTo("CHANGED");
        assertThat(difference.at("/changes/0/fields/0/before").asText()).isEqualTo("This machine");
        assertThat(difference.at("/changes/0/fields/0/after").asText()).isEqualTo("Another street");
    }

    @Test
    void the_particulars_of_the_clinic_are_checked_and_kept() {
        var administrator = clinic.administrator();

        var seen = administrator.get("/core/register/controller").headers().firstValue("ETag").orElseThrow();
        var refused = administrator.correct("/core/register/controller", seen,
                "{\"name\": \"Clinic AS\", \"address\": \" \", \"contact\": \"x\"}");
        var kept = administrator.correct("/core/register/controller", seen,
                "{\"name\": \"Clinic AS\", \"address\": \"Street 1, Oslo\", \"contact\": \"post@clinic.example\"}");
        var late = administrator.correct("/core/register/controller", seen,
                "{\"name\": \"Clinic AS\", \"address\": \"Street 2, Oslo\", \"contact\": \"post@clinic.example\"}");
        var unsaid = administrator.send("PUT", "/core/register/controller",
                "{\"name\": \"Clinic AS\", \"address\": \"Street 2, Oslo\", \"contact\": \"post@clinic.example\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Clinic.json(refused).at("/errors/0/pointer").asText()).isEqualTo("/address");
        assertThat(kept.statusCode()).isEqualTo(200);
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(unsaid.statusCode()).isEqualTo(428);
        assertThat(register(administrator, "").at("/controller/address").asText()).isEqualTo("Street 1, Oslo");
        assertThat(register(administrator, "").at("/controller/name").asText()).isEqualTo("Clinic AS");
        assertThat(clinic.practitioner().get("/core/register/revisions").statusCode()).isEqualTo(403);
    }

    @Test
    void the_command_line_verifies_every_revision() {
        clinic.delivering(RECORD);

        assertThat(RunningServer.get().command("register", clinic.id(), "--verify")).isZero();
        assertThat(RunningServer.get().command("register", clinic.id(), "--as-of", "yesterday")).isNotZero();
    }

    @Test
    void it_can_be_had_on_paper() {
        var answer = clinic.administrator().get("/core/register?format=pdf&lang=nb");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(answer.body()).startsWith("%PDF-");
    }

    @Test
    void a_day_that_is_none_or_before_the_clinic_is_refused() {
        var administrator = clinic.administrator();

        assertThat(administrator.get("/core/register?as-of=yesterday").statusCode()).isEqualTo(422);
        assertThat(administrator.get("/core/register?as-of=2020-01-01").statusCode()).isEqualTo(422);
        assertThat(administrator.get("/core/register/difference?from=1&to=99").statusCode()).isEqualTo(404);
    }

    @Test
    void an_administrator_looks_back_and_compares() {
        clinic.delivering(RECORD);
        for (var phone : List.of(false, true)) {
            try (var person = BROWSER.person(phone ? "de-DE" : "en-GB", phone ? 320 : 1280,
                    phone ? ColorScheme.DARK : ColorScheme.LIGHT)) {
                var page = Browser.signIn(person, clinic, "Administrator 1", "admin/register");
                page.locator("form")
                        .filter(new Locator.FilterOptions().setHas(page.locator("select[name=from]")))
                        .locator("button")
                        .press("Enter");
                page.waitForURL("**/admin/register?from=*");
                assertThat(page.locator("main h2").first()).isVisible();
                Browser.isAccessible(page);
                Browser.doesNotScrollSideways(page);
                Browser.picture(page, "register-compared-" + phone);

                page.navigate("/" + clinic.id() + "/admin/register?as-of=2030-01-01");
                assertThat(page.locator("h1")).isVisible();
                Browser.isAccessible(page);
                Browser.picture(page, "register-past-" + phone);
                assertThat(BROWSER.complaints()).isEmpty();
            }
        }
    }

    @Test
    void the_data_map_names_every_column_with_what_it_holds_and_for_how_long() {
        var administrator = clinic.administrator();

        var table = administrator.get("/core/data-map?format=csv&lang=nb").body();

        assertThat(table).startsWith("module,table,column,category,purpose,retention,sealed,person\r\n")
                .contains(
                        "\"core\",\"setting\",\"value\",\"NONE\",\"Hva klinikken har valgt\",\"til klinikken velger noe annet\",\"true\",\"\"")
                .contains("\"video\",\"participant\",\"display_name\",\"DISPLAY_NAME\"")
                .contains("\"epr\",\"one_time_link\",\"code_hash\",\"SECRET\"");
        assertThat(Clinic.json(administrator.get("/core/data-map")).at("/columns/0/module").asText()).isEqualTo("core");
        assertThat(administrator.get("/core/data-map?format=xml").statusCode()).isEqualTo(422);
        assertThat(clinic.practitioner().get("/core/data-map").statusCode()).isEqualTo(403);
    }

    private static JsonNode register(Staff staff, String query) {
        var answer = staff.get("/core/register?lang=en" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Clinic.json(answer);
    }

    private static List<String> recipients(JsonNode register) {
        return StreamSupport.stream(register.get("rows").spliterator(), false)
                .flatMap(row -> StreamSupport.stream(row.get("recipients").spliterator(), false))
                .map(recipient -> recipient.get("name").asText())
                .toList();
    }
}

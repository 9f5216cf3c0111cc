// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What open pages leave in the audit trail. */
class QuietPagesIT {

    private static final int LOOKS = 5;
    /** Of the slowest page. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();
    private final Staff practitioner = clinic.delivering(clinic.at("/sandbox/" + clinic.id())).practitioner();

    @ParameterizedTest
    @ValueSource(strings = {"today", "patients", "patients/{patient}", "results/{assessment}", "deliveries"})
    void a_page_on_which_nothing_happens_leaves_no_rows_however_often_it_looks(String path) {
        var assigned = assign();
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            desk.clock().install();
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            page.navigate("/" + clinic.id() + "/" + path.replace("{patient}", assigned.patient())
                    .replace("{assessment}", assigned.assessment()));
            assertThat(page.locator("h1")).isVisible();
            look(page, 2);
            var before = rows();

            assertThat(before).as("all there are").hasSizeLessThan(50);
            look(page, LOOKS);

            assertThat(rows()).as("%s", rows()).hasSameSizeAs(before);
        }
    }

    @Test
    void what_changed_is_read_and_the_reading_is_in_the_trail() {
        var assigned = assign();
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            desk.clock().install();
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            page.navigate("/" + clinic.id() + "/patients/" + assigned.patient());
            look(page, 2);
            var before = rows().size();

            assigned.questionnaire().answer("44260-8", 2);

            assertThat(page.locator("[role=alert]")).containsText("Question 9");
            assertThat(page.locator("tbody")).containsText("1 of 9");
            assertThat(rows().size()).isGreaterThan(before);
        }
    }

    @Test
    void the_numbers_are_for_practitioners_and_say_nothing_else() {
        var before = practitioner.get("/epr/changes");
        assign();
        var after = practitioner.get("/epr/changes");

        assertThat(before.body()).matches("\\{\"needs\":\\d+,\"records\":\\d+}");
        assertThat(after.body()).isNotEqualTo(before.body());
        assertThat(clinic.administrator().get("/epr/changes").statusCode()).isEqualTo(403);
    }

    private record Assigned(String patient, String assessment, Questionnaire questionnaire) {}

    private Assigned assign() {
        var patient = Clinic.json(practitioner.send("POST", "/epr/patients", "{\"number\": \"P-1\"}"))
                .get("id")
                .asText();
        var assigned = Clinic.json(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"phq-9\", \"language\": \"en\"}".formatted(patient)));
        return new Assigned(patient, assigned.get("id").asText(),
                Questionnaire.open(clinic, assigned.get("link").asText()));
    }

    private static void look(Page page, int times) {
        for (var look = 0; look < times; look++) {
            page.waitForResponse(answer -> answer.url().endsWith("/epr/changes"),
                    () -> page.clock().fastForward(BETWEEN_LOOKS.toMillis()));
        }
    }

    /** Acts of Practitioner 1, among the newest fifty. */
    private List<String> rows() {
        var rows = Clinic.json(clinic.administrator().get("/core/audit?actor=Practitioner%201")).get("rows");
        return StreamSupport.stream(rows.spliterator(), false).map(JsonNode::toString).toList();
    }
}

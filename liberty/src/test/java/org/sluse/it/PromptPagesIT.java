// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What open pages have to show within seconds. Alone: beside another test, the time of a busy machine would be measured. */
@Isolated
class PromptPagesIT {

    /** What each side reads; the two call pages have the same words for it. */
    private static final String SWITCHED_OFF = "The clinic has switched video off. The conversation has ended.";

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();

    @Test
    void two_people_see_and_hear_each_other_until_the_clinic_switches_video_off_and_again_once_it_is_on() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        var pages = new VideoPages(clinic);
        var administrator = clinic.administrator();
        assertThat(registered(administrator)).containsExactly("video");
        try (var desk = caller(1280); var phone = caller(390); var otherPhone = caller(390)) {
            var host = pages.signIn(desk);
            var patient = pages.talk(host, phone);
            Browser.picture(host, "call-desk");
            Browser.picture(patient, "call-phone");

            var switchedOff = System.nanoTime();
            Clinic.operator("PUT", "/" + clinic.id() + "/plugins/video", "{\"on\": false}");
            Await.until("both are told", 2, TimeUnit.SECONDS, () -> host.content().contains(SWITCHED_OFF)
                    && patient.content().contains(SWITCHED_OFF));
            assertThat(System.nanoTime() - switchedOff).isLessThan(TimeUnit.SECONDS.toNanos(2));
            assertThat(clinic.get("/api/" + clinic.id() + "/video/sessions").statusCode()).isEqualTo(404);
            assertThat(registered(administrator)).isEmpty();
            Browser.picture(host, "call-switched-off-desk");
            Browser.picture(patient, "call-switched-off-phone");

            clinic.with("video", "{}", "[]");
            assertThat(registered(administrator)).containsExactly("video");
            pages.talk(host, otherPhone);
        }
    }

    @Test
    void an_answer_that_needs_somebody_is_on_the_open_page_of_the_patient_within_four_seconds() {
        var practitioner = clinic.delivering(clinic.at("/sandbox/" + clinic.id())).practitioner();
        var patient = Clinic.json(practitioner.send("POST", "/epr/patients", "{\"number\": \"P-1\"}"))
                .get("id")
                .asText();
        var assigned = Clinic.json(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"phq-9\", \"language\": \"en\"}".formatted(patient)));
        var questionnaire = Questionnaire.open(clinic, assigned.get("link").asText());
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "patients/" + patient);
            page.waitForResponse(answer -> answer.url().endsWith("/epr/changes"), () -> {});
            var from = System.nanoTime();

            questionnaire.answer("44260-8", 2);

            assertThat(page.locator("[role=alert]")).containsText("Question 9");
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static List<String> registered(Staff administrator) {
        return Clinic.json(administrator.get("/core/register")).get("rows").findValuesAsText("module");
    }

    private static BrowserContext caller(int width) {
        var context = BROWSER.person("en-GB", width, ColorScheme.LIGHT);
        context.addInitScript(VideoPages.COUNT_WHAT_ARRIVES);
        return context;
    }
}

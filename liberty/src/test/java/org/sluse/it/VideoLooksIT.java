// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.VideoPages.seeEachOther;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of video, from the invitation to the end, in each language, on small phones and at the desk, light and dark. */
@ResourceLock("media")
class VideoLooksIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final VideoPages pages = new VideoPages(
            Clinic.create().with("video", "{}", "[\"addresses-visible\"]"));

    @ParameterizedTest
    @CsvSource({"nb-NO, 320, DARK", "de-DE, 320, LIGHT", "en-GB, 360, DARK"})
    void pages_fit_the_window_read_well_and_are_accessible(String locale, int width, ColorScheme scheme) {
        var name = "video-" + locale.substring(0, 2) + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
        try (var desk = person(locale, 1280, scheme);
                var phone = person(locale, width, scheme)) {
            var session = pages.plan();
            var host = Browser.signIn(desk, pages.clinic(), "Practitioner 1", "today");
            look(host, name + "-desk-today");
            host.navigate("/" + pages.clinic().id() + "/sessions/new");
            assertThat(host.locator("main form")).isVisible();
            look(host, name + "-desk-new");
            pages.atDesk(host, session);
            assertThat(host.locator("main .button").first()).isVisible();
            look(host, name + "-desk-planned");
            host.locator(".head-actions .button").first().click();
            assertThat(host.locator(".move form")).isVisible();
            look(host, name + "-desk-move");
            host.locator(".move .button:not(.filled)").click();

            var patient = phone.newPage();
            patient.navigate(session.get("invitation").asText());
            look(patient, name + "-1-invitation");
            patient.locator("input[name=consent]").check();
            patient.locator("button[type=submit]").click();
            assertThat(patient.locator("main .button").first()).isVisible();
            look(patient, name + "-2-before-check");
            patient.locator("main .button").first().click();
            assertThat(patient.locator(".mirror-tool")).isVisible();
            look(patient, name + "-3-check");
            patient.locator(".foot .button.filled").click();
            assertThat(patient.locator(".tiny")).isVisible();
            look(patient, name + "-4-waiting");
            var letIn = host.locator("[data-participant] .button.filled");
            assertThat(letIn).isVisible();
            look(host, name + "-desk-waiting");
            host.locator("[data-participant] .button").nth(1).click();
            look(host, name + "-desk-ask-to-wait");
            host.locator("dialog .button.filled").click();
            assertThat(host.locator("[data-participant] .status-parked")).isVisible();
            look(host, name + "-desk-held");
            look(patient, name + "-4-held");
            letIn.click();
            seeEachOther(host, patient);
            look(patient, name + "-5-call");
            patient.locator("[data-opens=more]").click();
            look(patient, name + "-5-more");
            look(host, name + "-desk-call");
            host.setViewportSize(width, 700);
            look(host, name + "-6-host-call");
            patient.locator(".tool.stop").click();
            assertThat(patient.locator(".stage")).hasCount(0);
            look(patient, name + "-7-left");
        }
        assertThat(BROWSER.complaints()).isEmpty();
    }

    private static void look(Page page, String name) {
        assertThat(page.locator("h1")).hasCount(1);
        Browser.picture(page, name);
        Browser.doesNotScrollSideways(page);
        Browser.isAccessible(page);
    }

    private static BrowserContext person(String locale, int width, ColorScheme scheme) {
        var context = BROWSER.person(locale, width, scheme);
        context.addInitScript(VideoPages.COUNT_WHAT_ARRIVES);
        return context;
    }
}

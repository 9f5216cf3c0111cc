// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.OperatorPages.looks;
import static org.sluse.it.OperatorPages.signIn;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock("operator")
class OperatorPagesIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");

    @ParameterizedTest
    @CsvSource({"en-GB, 1280, LIGHT", "nb-NO, 390, DARK", "de-DE, 320, LIGHT", "de-DE, 768, DARK"})
    void every_page_of_the_console_can_be_read_by_everybody(String locale, int width, ColorScheme scheme) {
        try (var person = BROWSER.person(locale, width, scheme)) {
            var page = signIn(person, locale + "-" + width);
            for (var path : List.of("operate/clinics", "operate/clinics/" + clinic.id(), "operate/plugins",
                    "operate/nodes", "operate/register", "operate/log", "subprocessors")) {
                page.navigate("/" + path);
                assertThat(page.locator("h1")).isVisible();
                assertThat(page.locator("h1")).not().isEmpty();

                looks(page, path.replace(clinic.id(), "one").replace('/', '-') + "-" + locale + "-" + width);
            }
            assertThat(BROWSER.complaints()).isEmpty();
        }
    }

    @Test
    void who_has_no_link_is_told_how_to_get_one() {
        try (var person = BROWSER.person("en-GB", 390, ColorScheme.LIGHT)) {
            var page = person.newPage();
            page.navigate("/operate/log");

            assertThat(page).hasURL(Pattern.compile("/operate/sign-in\\?to=log$"));
            assertThat(page.locator("main")).containsText("./sluse operator");
            looks(page, "operate-no-link");
            page.navigate("/operate/sign-in?x=1#wrong");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Enter the console")).click();
            assertThat(page.locator("h1")).hasText("This link is no longer in use");
            looks(page, "operate-wrong-link");
        }
    }

    @Test
    void a_clinic_is_found_and_looked_at() {
        try (var person = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = signIn(person, "found");
            page.locator("input[name=search]").fill(clinic.id().replace('-', ' '));
            page.keyboard().press("Enter");
            page.locator("a[href='/operate/clinics/" + clinic.id() + "']").click();

            assertThat(page.locator("h1")).containsText("has 1 module on");
            assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Video")))
                    .containsText("On");
        }
    }

    @Test
    void what_the_system_did_by_itself_is_on_the_page_once_it_is_asked_for() {
        try (var person = BROWSER.person("de-DE", 390, ColorScheme.DARK)) {
            var page = signIn(person, "by-itself");
            page.navigate("/operate/log");
            var started = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Ein Knoten"));
            assertThat(page.locator("h1")).isVisible();
            assertThat(started).hasCount(0);

            page.locator("select[name=action]").selectOption("START");
            page.locator("input[name=all]").check();
            page.locator("button[type=submit]").press("Enter");

            assertThat(started.first()).containsText("Das System selbst");
            looks(page, "operate-log-by-itself");
        }
    }

    @Test
    void a_session_that_has_ended_leads_back_to_the_sign_in() {
        try (var person = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = signIn(person, "ended");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();

            assertThat(page).hasURL(Pattern.compile("/operate/sign-in.*"));
            page.navigate("/operate/clinics");
            assertThat(page).hasURL(Pattern.compile("/operate/sign-in.*"));
        }
    }
}

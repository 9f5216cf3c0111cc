// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsolePagesIT {

    private static final List<String> PAGES = List.of("admin/modules", "admin/register", "admin/ledger", "admin/audit",
            "admin/people", "admin/agreements", "admin/person", "admin/leave", "admin/modules/epr");

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();

    @ParameterizedTest
    @CsvSource({"en-GB, 1280, LIGHT", "nb-NO, 390, DARK", "de-DE, 320, LIGHT", "de-DE, 768, DARK"})
    void every_page_of_the_console_can_be_read_by_everybody(String locale, int width, ColorScheme scheme) {
        try (var person = BROWSER.person(locale, width, scheme)) {
            var page = Browser.signIn(person, clinic, "Administrator 1", "admin/modules");
            namesARecord();
            for (var path : PAGES) {
                page.navigate("/" + clinic.id() + "/" + path);
                assertThat(page.locator("h1")).isVisible();
                assertThat(page.locator("h1")).not().isEmpty();

                Browser.isAccessible(page);
                Browser.doesNotScrollSideways(page);
                Browser.picture(page, path.replace('/', '-') + "-" + locale + "-" + width);
            }
            assertThat(BROWSER.complaints()).isEmpty();
        }
    }

    @Test
    void somebody_is_added_to_the_list_with_the_keyboard_alone() {
        try (var person = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(person, clinic, "Administrator 1", "admin/modules");
            page.navigate("/" + clinic.id() + "/admin/people");
            page.locator("input[name=subject]").focus();
            page.keyboard().type("practitioner-2");
            page.locator("input[name=name]").focus();
            page.keyboard().type("Practitioner 2");
            page.locator("input[name=role]").first().focus();
            page.keyboard().press("Space");
            page.keyboard().press("Enter");

            assertThat(page.getByRole(AriaRole.ROW)
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Practitioner 2")))
                    .isVisible();
        }
    }

    @Test
    void a_name_in_the_list_is_put_right_with_the_keyboard_alone_and_the_one_before_is_shown() {
        try (var person = BROWSER.person("en-GB", 320, ColorScheme.LIGHT)) {
            var page = Browser.signIn(person, clinic, "Administrator 1", "admin/people");
            correct(page, "Practitioner 1");
            var name = page.locator(".correction input[name=name]");
            assertThat(name).isFocused();
            page.keyboard().press("Control+A");
            page.keyboard().type("Practitioner One");
            page.keyboard().press("Enter");

            assertThat(page.locator("tbody").first()).containsText("Practitioner One");
            correct(page, "Practitioner One");
            assertThat(page.locator(".correction table")).containsText("Practitioner 1");
            Browser.isAccessible(page);
            Browser.doesNotScrollSideways(page);
            Browser.picture(page, "people-correction-320");
            name.fill(" ");
            name.press("Enter");
            assertThat(page.locator(".correction .wrong")).containsText("Name is missing");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel")).press("Enter");
            assertThat(page.locator(".correction")).hasCount(0);
        }
    }

    @Test
    void everybody_puts_their_own_name_right_unless_somebody_was_faster() {
        try (var person = BROWSER.person("de-DE", 390, ColorScheme.DARK)) {
            var page = Browser.signIn(person, clinic, "Practitioner 1", "me");
            var name = page.locator("input[name=name]");
            assertThat(name).hasValue("Practitioner 1");
            Browser.isAccessible(page);
            Browser.doesNotScrollSideways(page);
            name.fill("Practitioner One");
            name.press("Enter");
            assertThat(page.locator("table")).containsText("Practitioner 1");
            assertThat(page.locator(".signed-in")).containsText("Practitioner One");
            Browser.picture(page, "me-de-390");

            clinic.practitioner().correct("/core/me/entry", "*", "{\"name\": \"Practitioner Two\"}");
            name.fill("Practitioner Three");
            name.press("Enter");

            assertThat(page.locator("main")).containsText("inzwischen von jemandem berichtigt");
            page.reload();
            assertThat(name).hasValue("Practitioner Two");
        }
    }

    private static void correct(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Correct " + name).setExact(true))
                .press("Enter");
    }

    @Test
    void the_past_of_the_register_is_walked_with_the_arrows_along_its_line() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
        Clinic.operator("PUT", "/" + clinic.id() + "/plugins/video", "{\"on\": false}");
        for (var width : new int[]{1280, 320}) {
            try (var person = BROWSER.person("en-GB", width, ColorScheme.LIGHT)) {
                var page = Browser.signIn(person, clinic, "Administrator 1", "admin/register");
                var line = page.getByRole(AriaRole.NAVIGATION,
                        new Page.GetByRoleOptions().setName("Revisions in the order of time"));
                assertThat(line.locator("a"))
                        .containsText(new String[]{"The clinic was opened", "Video on", "Video off",
                                "Today"});
                assertThat(line.locator("[aria-current]")).hasText("Today");
                Browser.picture(page, "register-line-" + width);
                line.locator("[aria-current]").focus();
                page.keyboard().press("ArrowLeft");
                page.keyboard().press("ArrowLeft");
                assertThat(line.locator("a").nth(1)).isFocused();

                page.keyboard().press("Enter");

                assertThat(line.locator("[aria-current]")).containsText("Video on");
                assertThat(page.locator(".lead")).containsText("As it was in revision 2");
                assertThat(page.locator("main")).containsText("Because Video is on");
                Browser.isAccessible(page);
                Browser.doesNotScrollSideways(page);
                Browser.picture(page, "register-past-" + width);
            }
        }
    }

    @Test
    void the_audit_log_is_searched_for_one_person_with_the_keyboard_alone() {
        clinic.practitioner();
        try (var person = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(person, clinic, "Administrator 1", "admin/audit");
            page.locator("select[name=actor]").focus();
            page.keyboard().type("Pract");
            page.keyboard().press("Tab");
            assertThat(page.locator("input[name=patient]")).isFocused();
            page.keyboard().press("Enter");

            assertThat(page.locator("h1")).hasText("1 access was found");
            assertThat(page.locator("tbody")).containsText("A person of the clinic: Practitioner 1");
            assertThat(page.locator("tbody")).containsText("Signed in");
            Browser.picture(page, "audit-of-one");
        }
    }

    @Test
    void a_paper_that_ends_within_a_month_says_so_while_there_is_time_for_the_next_one() {
        namesARecord();
        var last = LocalDate.now(ZoneOffset.UTC).plusDays(21);
        for (var kind : List.of("AGREEMENT", "RISK_ASSESSMENT")) {
            Clinic.operator("POST", "/" + clinic.id() + "/papers",
                    Clinic.paper(kind, kind.equals("AGREEMENT") ? ", \"validUntil\": \"" + last + "\"" : ""));
        }
        try (var person = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(person, clinic, "Administrator 1", "admin/agreements");

            assertThat(page.locator("h1")).hasText("A paper ends soon. Its module goes off the day after");
            assertThat(page.getByRole(AriaRole.ROW)
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Agreement")))
                    .containsText("Ends in 21 days");
            Browser.isAccessible(page);
            Browser.picture(page, "agreements-ending");
            page.navigate("/" + clinic.id() + "/admin/modules/epr");
            assertThat(page.locator(".papers dt.status-attention")).hasText("Agreement");
        }
    }

    @Test
    void the_missing_papers_are_filed_with_the_keyboard_and_then_the_module_goes_on() {
        try (var person = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            namesARecord();
            var page = Browser.signIn(person, clinic, "Administrator 1", "admin/modules");
            for (var kind : List.of("Agreement", "Risk assessment")) {
                page.navigate("/" + clinic.id() + "/admin/modules/epr");
                assertThat(page.getByRole(AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Add the missing paper"))).isVisible();
                page.navigate("/" + clinic.id() + "/admin/agreements");
                assertThat(page.locator("select[name=needed] option").first())
                        .hasText(kind + ", Record of the tests");
                type(page, "version", "1.0");
                type(page, "signer", "Manager 1");
                page.locator("input[name=signedOn]").fill("2026-01-01");
                page.locator("input[type=file]")
                        .setInputFiles(new FilePayload("agreement.pdf", "application/pdf",
                                "abc".getBytes(StandardCharsets.UTF_8)));
                // FIPS 180-4, the example of one block.
                assertThat(page.locator("input[name=sha256]"))
                        .hasValue("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
                page.locator("input[name=sha256]").press("Enter");
                assertThat(page.getByRole(AriaRole.ROW)
                        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(kind))
                        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Holds")))
                        .isVisible();
            }
            assertThat(page.locator("h1")).hasText("Every paper is in place");
            Browser.picture(page, "agreements-in-place");
            page.navigate("/" + clinic.id() + "/admin/modules/epr");
            page.locator("input[name=accept-crisis-numbers]").focus();
            page.keyboard().press("Space");
            page.locator("button.filled").press("Enter");

            assertThat(page.locator("button.stop")).isVisible();
            Browser.picture(page, "modules-with-papers");
        }
    }

    @Test
    void an_address_where_nothing_is_gets_a_page_that_says_so() {
        try (var person = BROWSER.person("en-GB", 390, ColorScheme.LIGHT)) {
            var page = person.newPage();
            var answer = page.navigate("/" + clinic.id() + "/nothing-here");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(page.locator("h1")).isVisible();
            Browser.isAccessible(page);
            Browser.picture(page, "not-found");
        }
    }

    /** The settings of the module name a recipient, and no paper is there. */
    private void namesARecord() {
        Clinic.operator("PUT", "/" + clinic.id() + "/plugins/epr/settings",
                clinic.recordSettings(clinic.at("/sandbox/" + clinic.id())));
    }

    private static void type(Page page, String field, String text) {
        page.locator("input[name=" + field + "]").focus();
        page.keyboard().type(text);
    }
}

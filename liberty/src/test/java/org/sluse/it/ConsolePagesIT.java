// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

class ConsolePagesIT {

    private static final List<String> PAGES = List.of("admin/modules", "admin/register", "admin/ledger", "admin/audit",
            "admin/people");

    private static @Nullable Browser browser;
    private final Clinic clinic = Clinic.create();

    @BeforeAll
    static void open() {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Browser browser() {
        return java.util.Objects.requireNonNull(browser);
    }

    @ParameterizedTest
    @CsvSource({"en-GB, 1280, LIGHT", "nb-NO, 390, DARK", "de-DE, 320, LIGHT", "de-DE, 768, DARK"})
    void every_page_of_the_console_can_be_read_by_everybody(String locale, int width, ColorScheme scheme) {
        try (var person = browser().person(locale, width, scheme)) {
            var page = signIn(person);
            for (var path : PAGES) {
                page.navigate("/" + clinic.id() + "/" + path);
                assertThat(page.locator("h1")).isVisible();
                assertThat(page.locator("h1")).not().isEmpty();

                Browser.isAccessible(page);
                Browser.doesNotScrollSideways(page);
                Browser.picture(page, path.replace('/', '-') + "-" + locale + "-" + width);
            }
            assertThat(browser().complaints()).isEmpty();
        }
    }

    @Test
    void somebody_is_added_to_the_list_with_the_keyboard_alone() {
        try (var person = browser().person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = signIn(person);
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
    void an_address_where_nothing_is_gets_a_page_that_says_so() {
        try (var person = browser().person("en-GB", 390, ColorScheme.LIGHT)) {
            var page = person.newPage();
            var answer = page.navigate("/" + clinic.id() + "/nothing-here");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(page.locator("h1")).isVisible();
            Browser.isAccessible(page);
            Browser.picture(page, "not-found");
        }
    }

    private Page signIn(BrowserContext person) {
        var page = person.newPage();
        page.navigate("/" + clinic.id() + "/admin/modules");
        Browser.picture(page, "sign-in");
        page.locator("a[href*='sign-in/start']").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Administrator 1")).click();
        page.waitForURL("**/" + clinic.id() + "/admin/modules");
        return page;
    }
}

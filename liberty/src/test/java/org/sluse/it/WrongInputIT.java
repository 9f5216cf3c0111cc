// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody in a hurry types into the console: said at its field in words, with the focus there, and nothing that was typed is lost. */
class WrongInputIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();
    private final BrowserContext person = BROWSER.person("en-GB", 390, ColorScheme.LIGHT);

    @AfterEach
    void leave() {
        person.close();
    }

    @Test
    void a_patient_with_a_number_that_is_none() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var page = Browser.signIn(person, clinic, "Practitioner 1", "patients");
        page.locator("input[name=name]").fill("Patient 1");
        refused(page.locator("input[name=number]"), "");
        isWrong(page, "number", "The clinic’s patient number is missing");

        refused(page.locator("input[name=number]"), "P-1; drop");
        isWrong(page, "number", "Use 1 to 40 letters, digits, hyphens and slashes");

        assertThat(page.locator("input[name=number]")).hasValue("P-1; drop");
        assertThat(page.locator("input[name=name]")).hasValue("Patient 1");
        send(page.locator("input[name=number]"), " P 1 ");
        page.waitForURL("**/patients/*");
        assertThat(page.locator("main")).containsText("Patient number P1");
    }

    @Test
    void a_paper_with_half_a_date_an_end_before_its_beginning_and_a_fingerprint_that_is_none() {
        namesARecord();
        var page = Browser.signIn(person, clinic, "Administrator 1", "admin/agreements");
        page.locator("input[name=version]").fill("1.0");
        page.locator("input[name=signer]").fill("Manager 1");
        page.locator("input[name=signedOn]").fill("2026-03-01");
        page.locator("input[name=validUntil]").focus();
        page.keyboard().type("31");
        refused(page.locator("input[name=sha256]"), "abc");
        isWrong(page, "validUntil", "Use a whole date: day, month and year");
        isWrong(page, "sha256", "Use the 64 digits of a SHA-256, 0-9 and a-f");
        Browser.picture(page, "wrong-paper");

        page.locator("input[name=validUntil]").fill("2026-02-01");
        refused(page.locator("input[name=sha256]"), "0f".repeat(32));
        isWrong(page, "validUntil", "The last day is before the first one");

        assertThat(page.locator("input[name=signer]")).hasValue("Manager 1");
        page.locator("input[name=validUntil]").fill("2199-01-01");
        page.locator("input[name=sha256]").press("Enter");
        assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Holds"))).isVisible();
    }

    @Test
    void settings_of_a_module_that_is_off_are_refused_in_the_modules_own_words() {
        namesARecord();
        var page = Browser.signIn(person, clinic, "Administrator 1", "admin/modules/epr");
        refused(page.locator("input[name=country]"), "no");
        isWrong(page, "country", "Use two capital letters, for example NO");
        page.locator("input[name=country]").fill("SE");
        refused(page.locator("input[name=crisisLine]"), "call us");
        isWrong(page, "crisisLine", "Use 2 to 20 digits and spaces");
        Browser.isAccessible(page);
        Browser.picture(page, "wrong-settings");
        assertThat(page.locator("input[name=country]")).hasValue("SE");
        page.locator("input[name=crisisLine]").fill("116 117");
        refused(page.locator("input[name=base]"), "record.example");
        isWrong(page, "base", "Use a whole address, beginning with https://");
        refused(page.locator("input[name=base]"), "https://record.example/fhir?all=1");
        isWrong(page, "base", "Use a whole address, beginning with https:// and without a question mark");

        send(page.locator("input[name=base]"), "https://record.example/fhir");
        assertThat(page.locator(".error-summary")).hasCount(0);
        assertThat(page.locator("input[name=crisisLine]")).hasValue("116 117");
    }

    @Test
    void a_number_that_is_not_whole_is_not_read_as_another_one() {
        var page = Browser.signIn(person, clinic, "Administrator 1", "admin/modules/video");
        refused(page.locator("input[name=earlyMinutes]"), "1.5");
        isWrong(page, "earlyMinutes", "Use a whole number");

        refused(page.locator("input[name=earlyMinutes]"), "9,999");
        isWrong(page, "earlyMinutes", "Use a number from");
    }

    @Test
    void somebody_who_is_in_the_list_already() {
        var page = Browser.signIn(person, clinic, "Administrator 1", "admin/people");
        page.locator("input[name=name]").fill("Practitioner 9");
        page.locator("input[name=role]").first().check();
        refused(page.locator("input[name=subject]"), "practitioner-1");
        isWrong(page, "subject", "Someone in the list has this identifier already");
        assertThat(page.locator("input[name=name]")).hasValue("Practitioner 9");

        page.locator("input[name=name]").fill("");
        refused(page.locator("input[name=subject]"), "practitioner-9");
        isWrong(page, "name", "Name is missing");
    }

    @Test
    void a_clinic_without_a_name_and_a_day_of_which_there_is_no_register() {
        var page = Browser.signIn(person, clinic, "Administrator 1", "admin/register");
        refused(page.locator("input[name=name]"), "");
        isWrong(page, "name", "Legal name is missing");
        isWrong(page, "address", "Address is missing");

        refused(page.locator("input[name=day]"), "2020-01-01");
        isWrong(page, "day", "The clinic was not open then. Choose a later day.");
        refused(page.locator("input[name=day]"), "2199-01-01");
        isWrong(page, "day", "Choose today or an earlier day");
    }

    private void namesARecord() {
        Clinic.operator("PUT", "/" + clinic.id() + "/plugins/epr/settings",
                clinic.recordSettings(clinic.at("/sandbox/" + clinic.id())));
    }

    private static void send(Locator input, String value) {
        input.fill(value);
        input.press("Enter");
    }

    private static void refused(Locator input, String value) {
        send(input, value);
        assertThat(input.page().locator(".error-summary:focus")).isVisible();
    }

    /** Said above the page and at the field; the link of the summary leads to the field. */
    private static void isWrong(Page page, String field, String sentence) {
        var input = page.locator("[name=" + field + "]").first();
        assertThat(input).hasAttribute("aria-invalid", "true");
        assertThat(page.locator(".error-summary").first()).isVisible();
        assertThat(page.locator(".field.wrong:has([name=" + field + "]) .error")).containsText(sentence);
        assertThat(page).hasTitle(Pattern.compile("^Error: .*"));
        var link = page.locator(".error-summary a").filter(new Locator.FilterOptions().setHasText(sentence)).first();
        link.press("Enter");
        assertThat(input).isFocused();
    }
}

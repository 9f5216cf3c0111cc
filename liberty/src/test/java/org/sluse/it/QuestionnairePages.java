// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;

/** The pages of questionnaires, as people go through them at one clinic. */
record QuestionnairePages(Clinic clinic) {

    /** With record integration on, delivering into the clinic's own sandbox. */
    static QuestionnairePages of(Clinic clinic) {
        return new QuestionnairePages(clinic.delivering(clinic.at("/sandbox/" + clinic.id())));
    }

    /** Through the API, as the page of a patient does. */
    void answer(String link, int... points) {
        open(link).answer(points).finish();
    }

    void decline(String link, int item, int... points) {
        var patient = open(link).answer(points);
        patient.send("PUT", "/answers/" + patient.show().get("items").get(item).get("linkId").asText(),
                "{\"declined\": true}");
        patient.finish();
    }

    Questionnaire open(String link) {
        return Questionnaire.open(clinic, URI.create(link).getRawPath() + "#" + URI.create(link).getRawFragment());
    }

    static Locator row(Page page, String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text)).last();
    }

    /** Delivery looks every few seconds, and so does the page. */
    static void appears(Locator found) {
        assertThat(found).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
    }

    /** The one filled button of the foot, pressed as the keyboard does. */
    static void press(Page form) {
        var button = form.locator(".foot .button.filled");
        button.focus();
        form.keyboard().press("Enter");
        assertThat(form.locator(".foot .button[aria-disabled=true]")).hasCount(0);
    }

    static void key(Page form, String name, String key) {
        form.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).focus();
        form.keyboard().press(key);
    }

    static void looked(Page page, String picture) {
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("h1")).not().isEmpty();
        Browser.isAccessible(page);
        Browser.doesNotScrollSideways(page);
        Browser.picture(page, "questionnaire-" + picture);
    }

    String assign(Page page, String number) {
        page.navigate("/" + clinic.id() + "/patients");
        page.locator("input[name=number]").fill(number);
        page.keyboard().press("Enter");
        page.waitForURL("**/patients/*");
        return makeLink(page);
    }

    static String makeLink(Page page) {
        var link = page.locator(".epr-link a");
        var before = link.count() == 0 ? "none" : link.textContent();
        page.locator("form button[type=submit]").click();
        // The page still shows the link before this one for a moment.
        assertThat(link).not().hasText(before);
        return link.textContent();
    }
}

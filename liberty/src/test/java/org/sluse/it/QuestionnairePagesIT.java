// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionnairePagesIT {

    private static final int SAFETY_ITEM = 9;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();

    private Clinic withSandbox() {
        return clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
    }

    @ParameterizedTest
    @CsvSource({"en-GB, 1280, 390, LIGHT", "nb-NO, 390, 320, DARK", "de-DE, 768, 390, LIGHT"})
    void a_questionnaire_goes_its_whole_way_on_pages_that_everybody_can_read(String locale, int desk, int phone,
            ColorScheme scheme) {
        withSandbox();
        try (var practitioner = BROWSER.person(locale, desk, scheme);
                var patient = BROWSER.person(locale, phone, scheme)) {
            var picture = locale.substring(0, 2) + "-";
            var page = Browser.signIn(practitioner, clinic, "Practitioner 1", "today");
            var link = assign(page, "P-1");
            looked(page, picture + "patient");

            var form = patient.newPage();
            form.navigate(link);
            looked(form, picture + "notice");
            press(form);
            for (var question = 1; question <= SAFETY_ITEM; question++) {
                assertThat(form.locator(".epr-progress .done")).hasCount(question - 1);
                form.getByRole(AriaRole.RADIO).nth(1).check();
                if (question == 1 || question == SAFETY_ITEM) {
                    looked(form, picture + "question-" + question);
                }
                press(form);
            }
            assertThat(form.locator("a[href='tel:116123']")).isVisible();
            looked(form, picture + "help");
            page.navigate("/" + clinic.id() + "/today");
            assertThat(page.locator(".needs-review")).isVisible();
            press(form);
            assertThat(form.locator(".epr-review li")).hasCount(SAFETY_ITEM);
            looked(form, picture + "check");
            press(form);
            assertThat(form.locator("a[href='tel:116123']")).isVisible();
            looked(form, picture + "sent");

            page.locator(".needs-review a").click();
            appears(page.locator(".status.status-ok"));
            looked(page, picture + "result");
            page.locator(".banner .button").click();
            page.keyboard().type("Talked on the phone");
            page.locator(".epr-review-form button[type=submit]").click();
            assertThat(page.locator(".banner")).containsText("Talked on the phone");
            for (var path : new String[]{"patients", "deliveries", "sandbox", "today"}) {
                page.navigate("/" + clinic.id() + "/" + path);
                looked(page, picture + path);
            }
            assertThat(page.locator(".needs-review")).hasCount(0);
            assertThat(BROWSER.complaints()).isEmpty();
        }
    }

    @Test
    void a_patient_answers_with_the_keyboard_alone_and_going_back_loses_nothing() {
        withSandbox();
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person("en-GB", 390, ColorScheme.LIGHT)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            var form = phone.newPage();
            form.navigate(assign(page, "P-1"));
            press(form);
            assertThat(form.locator("h1")).isFocused();

            press(form);
            assertThat(form.getByText("Choose the answer that fits best, or skip the question.").first()).isVisible();
            assertThat(form.getByRole(AriaRole.RADIO).first()).isFocused();
            form.keyboard().press("Space");
            press(form);
            form.getByRole(AriaRole.RADIO).first().focus();
            form.keyboard().press("ArrowDown");
            key(form, "Back", "Enter");
            assertThat(form.getByText("Question 1 of 9")).isVisible();
            press(form);
            assertThat(form.getByText("Question 2 of 9")).isVisible();

            assertThat(form.getByLabel("Several days")).isChecked();
            Browser.picture(form, "question-after-back");
        }
    }

    @Test
    void the_notice_names_everybody_who_receives_data_and_who_answers_for_it() {
        withSandbox();
        clinic.administrator()
                .send("PUT", "/core/register/controller",
                        "{\"name\": \"Clinic AS\", \"address\": \"Street 2\", \"contact\": \"post@clinic.example\"}");
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person("en-GB", 320, ColorScheme.LIGHT)) {
            var form = phone.newPage();
            form.navigate(assign(Browser.signIn(desk, clinic, "Practitioner 1", "today"), "P-1"));

            assertThat(form.locator("main")).containsText(
                    "Then to Record of the tests, This machine, Norway, which keeps the patient record");
            assertThat(form.locator("main")).containsText(
                    "Hosting of the tests, Street 1, Oslo, Norway: Hosting. Data: all data, encrypted.");
            assertThat(form.locator("main"))
                    .containsText("Clinic AS, Street 2 answers for your data. Contact: post@clinic.example.");
            looked(form, "notice-hosts");
        }
    }

    @Test
    void a_safety_question_that_is_answered_is_told_at_once_on_whatever_page_the_practitioner_is() {
        withSandbox();
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            var patient = open(assign(page, "P-1"));
            page.navigate("/" + clinic.id() + "/patients");
            assertThat(page.locator("table")).isVisible();
            assertThat(page.locator("[role=alert]")).isEmpty();

            patient.answer("44260-8", 1);

            assertThat(page.locator("[role=alert]")).containsText("Question 9: “Several days”",
                    new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
            assertThat(page.locator("main .banner")).containsText("Question 9: “Several days”");
            assertThat(page.locator("nav .count")).hasText("1 waiting");
            looked(page, "told");

            page.navigate("/" + clinic.id() + "/deliveries");
            assertThat(page.locator("main .banner")).isVisible();
            assertThat(page.locator("[role=alert]")).isEmpty();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the result")).click();
            assertThat(page.locator("main .banner")).hasCount(1);
            page.locator(".banner .button").click();
            page.keyboard().type("Talked on the phone");
            page.locator(".epr-review-form button[type=submit]").click();

            assertThat(page.locator("nav .count")).hasCount(0,
                    new LocatorAssertions.HasCountOptions().setTimeout(15_000));
        }
    }

    @Test
    void a_wrong_number_is_corrected_and_one_that_is_taken_is_said_at_its_field() {
        withSandbox();
        try (var desk = BROWSER.person("en-GB", 320, ColorScheme.DARK)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            assign(page, "P-17");
            answer(assign(page, "P-71"), 0, 0, 0, 0, 0, 0, 0, 0, 0);
            var patient = page.url();
            var result = "/" + clinic.id() + "/results/" + Clinic.json(clinic.practitioner().get("/epr/deliveries"))
                    .at("/deliveries/0/assessment")
                    .asText();
            page.navigate(result);
            appears(page.locator("aside .status.status-ok"));
            page.navigate(patient);
            key(page, "Correct number or name", "Enter");
            assertThat(page.locator("input[name=number]")).isFocused();
            page.locator("input[name=number]").fill("P-17");
            page.keyboard().press("Enter");
            assertThat(page.locator(".error-summary")).isFocused();
            assertThat(page.locator(".field .error")).containsText("You treat another patient with this number");
            looked(page, "number-taken");

            page.locator("input[name=number]").fill(" P-18 ");
            page.keyboard().press("Enter");

            assertThat(page.getByText("Patient number P-18")).isVisible();
            page.navigate(result);
            assertThat(page.getByText("This was sent with number P-71")).isVisible();
        }
    }

    @Test
    void all_questions_can_be_shown_at_once_and_the_browser_remembers_it() {
        withSandbox();
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person("en-GB", 320, ColorScheme.DARK)) {
            var form = phone.newPage();
            form.navigate(assign(Browser.signIn(desk, clinic, "Practitioner 1", "today"), "P-1"));
            press(form);
            key(form, "Show all questions", "Enter");
            assertThat(form.locator("fieldset")).hasCount(SAFETY_ITEM);
            looked(form, "all");

            form.locator("fieldset").first().getByText("Several days").click();
            assertThat(form.locator("h1")).hasText("PHQ-9: 1 of 9 questions answered");
            press(form);
            assertThat(form.locator(".error-summary")).isFocused();
            assertThat(form.locator(".error-summary li")).hasCount(SAFETY_ITEM - 1);
            looked(form, "all-missing");

            for (var question = 1; question < SAFETY_ITEM - 1; question++) {
                form.locator("fieldset").nth(question).getByRole(AriaRole.RADIO).first().focus();
                form.keyboard().press("Space");
            }
            form.getByRole(AriaRole.RADIO).first().focus();
            assertThat(form.locator("h1")).hasText("PHQ-9: 8 of 9 questions answered");
            form.reload();
            press(form);
            assertThat(form.locator("fieldset")).hasCount(SAFETY_ITEM);

            // Help comes with the answer, before the look at all answers.
            form.locator("fieldset").last().getByText("Several days").click();
            assertThat(form.locator("a[href='tel:116123']")).isVisible();
            press(form);
            assertThat(form.locator(".epr-review li")).hasCount(SAFETY_ITEM);
        }
    }

    @Test
    void scores_stand_in_a_chart_with_a_gap_where_one_has_no_total_and_in_a_table() {
        withSandbox();
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person("de-DE", 320, ColorScheme.DARK)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            answer(assign(page, "P-1"), 3, 3, 3, 3, 3, 3, 0, 0, 0);
            answer(makeLink(page), 2, 2, 2, 2, 2, 2, 0, 0, 0);
            decline(makeLink(page), 8, 1, 1, 1, 1, 1, 1, 1, 1);
            answer(makeLink(page), 2, 2, 2, 2, 0, 0, 0, 0, 0);
            page.reload();
            page.getByRole(AriaRole.ROW)
                    .filter(new Locator.FilterOptions().setHasText("8 of 27"))
                    .getByRole(AriaRole.LINK)
                    .first()
                    .click();

            var chart = page.getByRole(AriaRole.IMG,
                    new Page.GetByRoleOptions()
                            .setName("PHQ-9: 8 of 27, mild. 4 points lower than earlier the same day."));
            assertThat(chart.locator("circle.earlier")).hasCount(2);
            assertThat(chart.locator("circle.present")).hasCount(1);
            assertThat(chart.locator("line.way")).hasCount(1);
            assertThat(chart.locator("text.present")).containsText(new String[]{"", "Mild"});
            looked(page, "chart");
            looked(Browser.signIn(phone, clinic, "Practitioner 1",
                    URI.create(page.url()).getPath().substring(clinic.id().length() + 2)), "chart-phone");

            key(page, "Show as table", "Enter");

            assertThat(page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Score over time"))
                    .getByRole(AriaRole.ROW))
                    .containsText(new String[]{"", "18 of 27", "12 of 27", "No total", "8 of 27"});
        }
    }

    @Test
    void a_number_that_the_record_does_not_know_is_named_and_what_waits_behind_it_says_so() {
        clinic.with("epr",
                """
                        {"name": "Record of the tests", "address": "This machine", "country": "NO", "base": "%s", "bearer": "%s", "sandboxCreatesPatients": false}"""
                        .formatted(clinic.at("/sandbox/" + clinic.id()), clinic.bearer()),
                "[\"crisis-numbers\"]");
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            answer(assign(page, "P-404"), 0, 0, 0, 0, 0, 0, 0, 0, 0);
            page.navigate("/" + clinic.id() + "/deliveries");
            appears(row(page, "has no one with number P-404"));
            var patient = row(page, "P-404").getByRole(AriaRole.LINK).first().getAttribute("href");
            page.navigate(Objects.requireNonNull(patient));
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ask again")).click();
            answer(makeLink(page), 0, 0, 0, 0, 0, 0, 0, 0, 0);

            page.navigate("/" + clinic.id() + "/deliveries");

            appears(row(page, "an earlier one of this patient is parked"));
            looked(page, "parked");
        }
    }

    /** Through the API, as the page of a patient does. */
    private void answer(String link, int... points) {
        open(link).answer(points).finish();
    }

    private void decline(String link, int item, int... points) {
        var patient = open(link).answer(points);
        patient.send("PUT", "/answers/" + patient.show().get("items").get(item).get("linkId").asText(),
                "{\"declined\": true}");
        patient.finish();
    }

    private Questionnaire open(String link) {
        return Questionnaire.open(clinic, URI.create(link).getRawPath() + "#" + URI.create(link).getRawFragment());
    }

    private static Locator row(Page page, String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text)).last();
    }

    /** Delivery looks every few seconds, and so does the page. */
    private static void appears(Locator found) {
        assertThat(found).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
    }

    /** The one filled button of the foot, pressed as the keyboard does. */
    private static void press(Page form) {
        var button = form.locator(".foot .button.filled");
        button.focus();
        form.keyboard().press("Enter");
        assertThat(form.locator(".foot .button[aria-disabled=true]")).hasCount(0);
    }

    private static void key(Page form, String name, String key) {
        form.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).focus();
        form.keyboard().press(key);
    }

    private static void looked(Page page, String picture) {
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("h1")).not().isEmpty();
        Browser.isAccessible(page);
        Browser.doesNotScrollSideways(page);
        Browser.picture(page, "questionnaire-" + picture);
    }

    private String assign(Page page, String number) {
        page.navigate("/" + clinic.id() + "/patients");
        page.locator("input[name=number]").fill(number);
        page.keyboard().press("Enter");
        page.waitForURL("**/patients/*");
        return makeLink(page);
    }

    private static String makeLink(Page page) {
        var link = page.locator(".epr-link a");
        var before = link.count() == 0 ? "none" : link.textContent();
        page.locator("form button[type=submit]").click();
        // The page still shows the link before this one for a moment.
        assertThat(link).not().hasText(before);
        return link.textContent();
    }
}

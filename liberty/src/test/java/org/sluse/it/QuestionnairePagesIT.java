// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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
    private final QuestionnairePages pages = new QuestionnairePages(clinic);

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
            var link = pages.assign(page, "P-1");
            QuestionnairePages.looked(page, picture + "patient");

            var form = patient.newPage();
            form.navigate(link);
            QuestionnairePages.looked(form, picture + "notice");
            QuestionnairePages.press(form);
            for (var question = 1; question <= SAFETY_ITEM; question++) {
                assertThat(form.locator(".epr-progress .done")).hasCount(question - 1);
                form.getByRole(AriaRole.RADIO).nth(1).check();
                if (question == 1 || question == SAFETY_ITEM) {
                    QuestionnairePages.looked(form, picture + "question-" + question);
                }
                QuestionnairePages.press(form);
            }
            assertThat(form.locator("a[href='tel:116123']")).isVisible();
            QuestionnairePages.looked(form, picture + "help");
            page.navigate("/" + clinic.id() + "/today");
            assertThat(page.locator(".needs-review")).isVisible();
            QuestionnairePages.press(form);
            assertThat(form.locator(".epr-review li")).hasCount(SAFETY_ITEM);
            QuestionnairePages.looked(form, picture + "check");
            QuestionnairePages.press(form);
            assertThat(form.locator("a[href='tel:116123']")).isVisible();
            QuestionnairePages.looked(form, picture + "sent");
            form.locator("details.epr-more > summary").press("Enter");
            assertThat(form.locator(".epr-review li")).hasCount(SAFETY_ITEM);
            QuestionnairePages.looked(form, picture + "sent-answers");

            page.locator(".needs-review a").click();
            QuestionnairePages.appears(page.locator(".status.status-ok"));
            QuestionnairePages.looked(page, picture + "result");
            page.locator(".banner .button").click();
            page.keyboard().type("Talked on the phone");
            page.locator(".epr-review-form button[type=submit]").click();
            assertThat(page.locator(".banner")).containsText("Talked on the phone");
            for (var path : new String[]{"patients", "deliveries", "sandbox", "today"}) {
                page.navigate("/" + clinic.id() + "/" + path);
                QuestionnairePages.looked(page, picture + path);
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
            form.navigate(pages.assign(page, "P-1"));
            QuestionnairePages.press(form);
            assertThat(form.locator("h1")).isFocused();

            QuestionnairePages.press(form);
            assertThat(form.getByText("Choose the answer that fits best, or skip the question.").first()).isVisible();
            assertThat(form.getByRole(AriaRole.RADIO).first()).isFocused();
            form.keyboard().press("Space");
            QuestionnairePages.press(form);
            form.getByRole(AriaRole.RADIO).first().focus();
            form.keyboard().press("ArrowDown");
            QuestionnairePages.key(form, "Back", "Enter");
            assertThat(form.getByText("Question 1 of 9")).isVisible();
            QuestionnairePages.press(form);
            assertThat(form.getByText("Question 2 of 9")).isVisible();

            assertThat(form.getByLabel("Several days")).isChecked();
            Browser.picture(form, "question-after-back");
        }
    }

    @ParameterizedTest
    @CsvSource({"en-GB, 1280, LIGHT, was the last to see or change your data", "nb-NO, 320, DARK, var den siste som"})
    void a_patient_reads_who_has_seen_their_data_and_nothing_of_others(String locale, int width, ColorScheme scheme,
            String sentence) {
        withSandbox();
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person(locale, width, scheme)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            pages.open(pages.assign(page, "P-2")).answer(1, 2);
            var form = phone.newPage();
            form.navigate(pages.assign(page, "P-1"));
            form.locator("a.alone").click();

            assertThat(form.locator("h1")).containsText("Practitioner 1");
            assertThat(form.locator("h1")).containsText(sentence);
            assertThat(form.locator("main li")).not().hasCount(0);
            Browser.isAccessible(form);
            Browser.doesNotScrollSideways(form);
            Browser.picture(form, "seen-" + locale + "-" + width);

            form.reload();
            assertThat(form.locator("main li").first()).not().containsText("Practitioner 1");
            form.locator("header button").first().press("Enter");
            assertThat(form.locator(".foot .button.filled")).isVisible();
            assertThat(BROWSER.complaints()).isEmpty();
        }
    }

    @Test
    void the_notice_names_everybody_who_receives_data_and_who_answers_for_it() {
        withSandbox();
        clinic.administrator()
                .correct("/core/register/controller", "*",
                        "{\"name\": \"Clinic AS\", \"address\": \"Street 2\", \"contact\": \"post@clinic.example\"}");
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person("en-GB", 320, ColorScheme.LIGHT)) {
            var form = phone.newPage();
            form.navigate(pages.assign(Browser.signIn(desk, clinic, "Practitioner 1", "today"), "P-1"));

            assertThat(form.locator("main")).containsText(
                    "Then to Record of the tests, This machine, Norway, which keeps the patient record");
            assertThat(form.locator("main")).containsText(
                    "Hosting of the tests, Street 1, Oslo, Norway: Hosting. Data: all data, encrypted.");
            assertThat(form.locator("main"))
                    .containsText("Clinic AS, Street 2 answers for your data. Contact: post@clinic.example.");
            QuestionnairePages.looked(form, "notice-hosts");
        }
    }

    @Test
    void a_safety_question_that_is_answered_is_told_at_once_on_whatever_page_the_practitioner_is() {
        withSandbox();
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            var patient = pages.open(pages.assign(page, "P-1"));
            page.navigate("/" + clinic.id() + "/patients");
            assertThat(page.locator("table")).isVisible();
            assertThat(page.locator("[role=alert]")).isEmpty();

            patient.answer("44260-8", 1);

            assertThat(page.locator("[role=alert]")).containsText("Question 9: “Several days”");
            assertThat(page.locator("main .banner")).containsText("Question 9: “Several days”");
            assertThat(page.locator("nav .count")).hasText("1 waiting");
            QuestionnairePages.looked(page, "told");
            try (var phone = BROWSER.person("de-DE", 320, ColorScheme.DARK)) {
                var small = Browser.signIn(phone, clinic, "Practitioner 1", "today");
                assertThat(small.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ergebnis öffnen")))
                        .isVisible();
                assertThat(small.locator(".needs-review > p").first()).isHidden();
                QuestionnairePages.looked(small, "needs-phone");
            }

            page.navigate("/" + clinic.id() + "/deliveries");
            assertThat(page.locator("main .banner")).isVisible();
            assertThat(page.locator("[role=alert]")).isEmpty();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the result")).click();
            assertThat(page.locator("main .banner")).hasCount(1);
            page.locator(".banner .button").click();
            page.keyboard().type("Talked on the phone");
            page.locator(".epr-review-form button[type=submit]").click();

            assertThat(page.locator("nav .count")).hasCount(0);
        }
    }

    @Test
    void a_wrong_number_is_corrected_and_one_that_is_taken_is_said_at_its_field() {
        withSandbox();
        try (var desk = BROWSER.person("en-GB", 320, ColorScheme.DARK)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            pages.assign(page, "P-17");
            pages.answer(pages.assign(page, "P-71"), 0, 0, 0, 0, 0, 0, 0, 0, 0);
            var patient = page.url();
            var result = "/" + clinic.id() + "/results/" + Clinic.json(clinic.practitioner().get("/epr/deliveries"))
                    .at("/deliveries/0/assessment")
                    .asText();
            page.navigate(result);
            QuestionnairePages.appears(page.locator("aside .status.status-ok"));
            page.navigate(patient);
            QuestionnairePages.key(page, "Correct number or name", "Enter");
            assertThat(page.locator("input[name=number]")).isFocused();
            page.locator("input[name=number]").fill("P-17");
            page.keyboard().press("Enter");
            assertThat(page.locator(".error-summary")).isFocused();
            assertThat(page.locator(".field .error")).containsText("You treat another patient with this number");
            QuestionnairePages.looked(page, "number-taken");

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
            form.navigate(pages.assign(Browser.signIn(desk, clinic, "Practitioner 1", "today"), "P-1"));
            QuestionnairePages.press(form);
            QuestionnairePages.key(form, "Show all questions", "Enter");
            assertThat(form.locator("fieldset")).hasCount(SAFETY_ITEM);
            QuestionnairePages.looked(form, "all");

            form.locator("fieldset").first().getByText("Several days").click();
            assertThat(form.locator("h1")).hasText("PHQ-9: 1 of 9 questions answered");
            QuestionnairePages.press(form);
            assertThat(form.locator(".error-summary")).isFocused();
            assertThat(form.locator(".error-summary li")).hasCount(SAFETY_ITEM - 1);
            QuestionnairePages.looked(form, "all-missing");

            for (var question = 1; question < SAFETY_ITEM - 1; question++) {
                form.locator("fieldset").nth(question).getByRole(AriaRole.RADIO).first().focus();
                form.keyboard().press("Space");
            }
            form.getByRole(AriaRole.RADIO).first().focus();
            assertThat(form.locator("h1")).hasText("PHQ-9: 8 of 9 questions answered");
            form.reload();
            QuestionnairePages.press(form);
            assertThat(form.locator("fieldset")).hasCount(SAFETY_ITEM);

            // Help comes with the answer, before the look at all answers.
            form.locator("fieldset").last().getByText("Several days").click();
            assertThat(form.locator("a[href='tel:116123']")).isVisible();
            QuestionnairePages.press(form);
            assertThat(form.locator(".epr-review li")).hasCount(SAFETY_ITEM);
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
            pages.answer(pages.assign(page, "P-404"), 0, 0, 0, 0, 0, 0, 0, 0, 0);
            page.navigate("/" + clinic.id() + "/deliveries");
            QuestionnairePages.appears(QuestionnairePages.row(page, "has no one with number P-404"));
            var patient = QuestionnairePages.row(page, "P-404").getByRole(AriaRole.LINK).first().getAttribute("href");
            page.navigate(Objects.requireNonNull(patient));
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ask again")).click();
            pages.answer(QuestionnairePages.makeLink(page), 0, 0, 0, 0, 0, 0, 0, 0, 0);

            page.navigate("/" + clinic.id() + "/deliveries");

            QuestionnairePages.appears(QuestionnairePages.row(page, "an earlier one of this patient is parked"));
            QuestionnairePages.looked(page, "parked");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clinic brings the text of an instrument that it has a licence for, and asks in it. */
class CataloguePagesIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();
    private final QuestionnairePages pages = QuestionnairePages.of(clinic);

    @ParameterizedTest
    @CsvSource({"nb-NO, nb, 320, DARK", "de-DE, de, 1280, LIGHT", "en-GB, en, 320, LIGHT"})
    void a_text_is_brought_and_asked_and_a_wrong_file_is_refused_with_each_place(String locale, String language,
            int width, ColorScheme scheme) {
        try (var office = BROWSER.person(locale, width, scheme);
                var desk = BROWSER.person(locale, width, scheme);
                var phone = BROWSER.person(locale, 320, scheme)) {
            var page = Browser.signIn(office, clinic, "Administrator 1", "admin/questionnaires");
            assertThat(page.getByRole(AriaRole.TABLE).first().locator(".status-off")).hasCount(4);
            QuestionnairePages.looked(page, "catalogue-" + language);

            page.locator("select[name=instrument]").selectOption("isi");
            page.locator("textarea[name=file]").fill(isi(language, false));
            page.locator("form .button.filled").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#wording-issues")).isFocused();
            assertThat(page.locator("#wording-issues tbody tr")).hasCount(2);
            QuestionnairePages.looked(page, "catalogue-refused-" + language);

            page.locator("textarea[name=file]").fill(isi(language, true));
            page.locator("form .button.filled").click();
            assertThat(page.getByRole(AriaRole.TABLE).first().locator(".status-off")).hasCount(3);
            QuestionnairePages.looked(page, "catalogue-brought-" + language);

            var practitioner = Browser.signIn(desk, clinic, "Practitioner 1", "patients");
            practitioner.locator("input[name=number]").fill("P-1");
            practitioner.keyboard().press("Enter");
            practitioner.waitForURL("**/patients/*");
            practitioner.locator("select[name=instrument]").selectOption("isi");
            assertThat(practitioner.locator("select[name=language]")).hasValue(language);
            assertThat(practitioner.locator("select[name=language] option")).hasCount(1);
            QuestionnairePages.looked(practitioner, "catalogue-assign-" + language);
            var form = phone.newPage();
            form.navigate(QuestionnairePages.makeLink(practitioner));
            QuestionnairePages.press(form);
            assertThat(form.locator("h1")).containsText("Made up question 1");
            assertThat(form.getByRole(AriaRole.RADIO)).hasCount(5);
            QuestionnairePages.looked(form, "catalogue-question-" + language);
            assertThat(BROWSER.complaints()).allMatch(complaint -> complaint.contains("422"));
        }
    }

    /** Words that nobody has a right to; the wrong one has a code that somebody invented, and no copyright line. */
    private static String isi(String language, boolean right) {
        var items = IntStream.rangeClosed(1, 7)
                .mapToObj(item -> """
                        {"linkId": "%1$d", "type": "choice", "text": "Made up question %1$d", "answerOption": [%2$s]}"""
                        .formatted(item,
                                IntStream.rangeClosed(0, 4)
                                        .mapToObj(
                                                points -> """
                                                        {"valueString": "Answer %1$d", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": %1$d}]}"""
                                                        .formatted(points))
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining(", "));
        return """
                {"resourceType": "Questionnaire", "status": "active", "language": "%s", %s, "item": [%s]}"""
                .formatted(language, right
                        ? "\"copyright\": \"Made up, of nobody\""
                        : "\"code\": [{\"system\": \"http://loinc.org\", \"code\": \"96899-5\"}]", items);
    }
}

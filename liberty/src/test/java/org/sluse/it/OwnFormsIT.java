// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole way of a questionnaire of the clinic's own: brought, assigned, answered with the keyboard on two phones, in the record. */
class OwnFormsIT {

    private static final String FORM = """
            {"resourceType": "Questionnaire", "url": "https://clinic.example/Questionnaire/sleep", "version": "1", "status": "active", "language": "nb", "title": "Søvn og hverdag",
             "item": [{"linkId": "sleep", "type": "group", "text": "Søvn", "item": [
               {"linkId": "well", "type": "boolean", "text": "Sover du godt?", "required": true},
               {"linkId": "hours", "type": "decimal", "text": "Hvor mange timer sover du?", "required": true,
                "code": [{"system": "http://loinc.org", "code": "93832-4"}],
                "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding": {"system": "http://unitsofmeasure.org", "code": "h", "display": "timer"}},
                 {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueDecimal": 24},
                 {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract", "valueBoolean": true}],
                "enableWhen": [{"question": "well", "operator": "=", "answerBoolean": false}]},
               {"linkId": "missing", "type": "decimal", "text": "Timer for lite", "readOnly": true,
                "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
                 "valueExpression": {"language": "text/fhirpath", "expression": "8 - %resource.repeat(item).where(linkId='hours').answer.value"}}]}]},
              {"linkId": "day", "type": "group", "text": "Hverdag", "item": [
               {"linkId": "why", "type": "open-choice", "text": "Hva holder deg våken?", "repeats": true, "answerOption": [{"valueString": "Støy"}, {"valueString": "Smerter"}]},
               {"linkId": "weight", "type": "quantity", "text": "Hvor mye veier du?",
                "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption", "valueCoding": {"system": "http://unitsofmeasure.org", "code": "kg", "display": "kg"}},
                 {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption", "valueCoding": {"system": "http://unitsofmeasure.org", "code": "g", "display": "gram"}}]},
               {"linkId": "since", "type": "date", "text": "Siden når?"},
               {"linkId": "drug", "type": "group", "text": "Medisin", "repeats": true, "item": [{"linkId": "name", "type": "string", "text": "Navn"}]},
               {"linkId": "more", "type": "text", "text": "Noe mer?"},
               {"linkId": "letter", "type": "attachment", "text": "Et brev?"}]}]}""";

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();
    private final QuestionnairePages pages = QuestionnairePages.of(clinic);

    @Test
    void it_is_brought_assigned_answered_on_two_phones_and_in_the_record() {
        try (var office = BROWSER.person("de-DE", 1280, ColorScheme.LIGHT);
                var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person("nb-NO", 320, ColorScheme.DARK);
                var tablet = BROWSER.person("nb-NO", 390, ColorScheme.LIGHT)) {
            brought(Browser.signIn(office, clinic, "Administrator 1", "admin/questionnaires"));
            var practitioner = Browser.signIn(desk, clinic, "Practitioner 1", "patients");
            practitioner.locator("input[name=number]").fill("P-1");
            practitioner.keyboard().press("Enter");
            practitioner.waitForURL("**/patients/*");
            practitioner.locator("select[name=instrument]").selectOption("Søvn og hverdag");
            var first = phone.newPage();
            first.navigate(QuestionnairePages.makeLink(practitioner));
            begun(first);

            practitioner.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New link")).click();
            assertThat(practitioner.locator(".epr-link a")).not().hasText(first.url());
            var second = tablet.newPage();
            second.navigate(practitioner.locator(".epr-link a").textContent());
            sent(second);

            QuestionnairePages.row(practitioner, "Søvn og hverdag").getByRole(AriaRole.LINK).click();
            QuestionnairePages.appears(practitioner.locator("aside .status-ok").first());
            assertThat(practitioner.locator("main")).containsText("5.5 timer");
            QuestionnairePages.looked(practitioner, "own-result");
            assertThat(BROWSER.complaints()).allMatch(complaint -> complaint.contains("422"));
        }
        var sandbox = clinic.practitioner().get("/epr/sandbox").body();
        assertThat(sandbox).contains("QuestionnaireResponse").contains("93832-4").contains("Støy");
    }

    private static void brought(Page office) {
        var bring = office.locator("form")
                .filter(new Locator.FilterOptions()
                        .setHas(office.locator("select[name=language]")));
        bring.locator("textarea").fill(FORM.replace("\"question\": \"well\"", "\"question\": \"good\""));
        bring.locator("button[type=submit]").focus();
        office.keyboard().press("Enter");
        assertThat(office.locator("#form-issues")).isFocused();
        assertThat(office.locator("#form-issues tbody tr")).hasCount(1);
        QuestionnairePages.looked(office, "own-refused");
        bring.locator("textarea").fill(FORM);
        bring.locator("button[type=submit]").click();
        assertThat(office.getByRole(AriaRole.TABLE)
                .filter(
                        new Locator.FilterOptions().setHasText("Søvn og hverdag")))
                .isVisible();
        QuestionnairePages.looked(office, "own-brought");
    }

    /** A branch appears; what is missing is said; the rest waits. */
    private static void begun(Page phone) {
        assertThat(phone.locator("h1")).containsText("Søvn og hverdag");
        QuestionnairePages.looked(phone, "own-notice");
        QuestionnairePages.press(phone);
        assertThat(phone.locator("h1")).hasText("Søvn");
        assertThat(phone.locator("fieldset.choices")).hasCount(1);
        phone.locator("input[type=radio]").nth(1).focus();
        phone.keyboard().press("Space");
        var hours = phone.getByLabel("Hvor mange timer sover du?");
        assertThat(hours).isVisible();
        assertThat(phone.locator("[role=status].say")).hasText("Det er kommet ett spørsmål til på denne siden.");
        QuestionnairePages.press(phone);
        assertThat(phone.locator(".error-summary")).isFocused();
        QuestionnairePages.looked(phone, "own-missing");
        hours.focus();
        phone.keyboard().type("5,5");
        QuestionnairePages.press(phone);
        assertThat(phone.locator("h1")).hasText("Hverdag");
        QuestionnairePages.looked(phone, "own-day");
    }

    private static void sent(Page tablet) {
        assertThat(tablet.locator("h1")).containsText("Søvn og hverdag");
        QuestionnairePages.press(tablet);
        assertThat(tablet.locator("h1")).hasText("Søvn");
        assertThat(tablet.getByLabel("Hvor mange timer sover du?")).hasValue("5,5");
        assertThat(tablet.locator("output")).hasText("2,5");
        QuestionnairePages.press(tablet);
        tablet.locator("input[type=checkbox]").first().focus();
        tablet.keyboard().press("Space");
        tablet.getByLabel("Hvor mye veier du?").first().fill("70");
        tablet.locator("select").first().selectOption("kg");
        QuestionnairePages.press(tablet);
        assertThat(tablet.locator("h1")).containsText("Sjekk svarene");
        QuestionnairePages.looked(tablet, "own-review");
        QuestionnairePages.press(tablet);
        assertThat(tablet.locator("details.epr-more")).isVisible();
        QuestionnairePages.looked(tablet, "own-sent");
    }
}

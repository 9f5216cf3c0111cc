// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluse.problem.FieldError;

class FormCheckTest {

    private static final String GOOD = """
            {"resourceType": "Questionnaire", "url": "https://clinic.example/Questionnaire/sleep", "version": "2", "status": "active", "language": "nb", "title": "Søvn",
             "item": [{"linkId": "a", "type": "boolean", "text": "Sover du?"},
              {"linkId": "b", "type": "choice", "text": "Hvor?", "answerOption": [{"valueString": "Hjemme"}], "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": true}]}]}""";

    private static FormCheck.Read read(String file) {
        return new FormCheck().read(file, Optional.empty());
    }

    private static List<FieldError> issues(String file) {
        return read(file) instanceof FormCheck.Read.Refused(var issues)
                ? issues
                : Assertions.fail("The form was taken");
    }

    private static FormCheck.Read.Taken taken(FormCheck.Read read) {
        return read instanceof FormCheck.Read.Taken taken ? taken : Assertions.fail(read.toString());
    }

    @Test
    void a_form_is_taken_with_its_address_version_title_and_languages() {
        var taken = taken(read(GOOD));

        assertThat(taken.url()).isEqualTo("https://clinic.example/Questionnaire/sleep");
        assertThat(taken.version()).isEqualTo("2");
        assertThat(taken.title()).isEqualTo("Søvn");
        assertThat(taken.languages()).containsExactly("nb");
        assertThat(taken.questions()).isEqualTo(2);
    }

    @Test
    void a_form_without_a_version_has_a_hash_of_what_it_says_as_its_version() {
        var first = taken(read(GOOD.replace("\"version\": \"2\", ", "")));
        var again = taken(read(GOOD.replace("\"version\": \"2\",", "  ")));
        var other = taken(read(GOOD.replace("\"version\": \"2\", ", "").replace("Hvor?", "Hvor da?")));

        assertThat(first.version()).matches("sha256-[0-9a-f]{16}").isEqualTo(again.version());
        assertThat(other.version()).isNotEqualTo(first.version());
        assertThat(first.content()).contains(first.version());
    }

    @Test
    void a_form_that_does_not_say_its_language_is_in_the_one_that_the_clinic_says() {
        var silent = GOOD.replace("\"language\": \"nb\", ", "");

        assertThat(issues(silent)).extracting(FieldError::pointer).containsExactly("/language");
        assertThat(taken(new FormCheck().read(silent, Optional.of("nb"))).languages()).containsExactly("nb");
    }

    @Test
    void a_language_is_offered_when_each_question_is_translated() {
        var one = GOOD.replace("\"text\": \"Sover du?\"",
                """
                        "text": "Sover du?", "_text": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation",
                         "extension": [{"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "Do you sleep?"}]}]}""");

        assertThat(taken(read(one)).languages()).containsExactly("nb");
        assertThat(taken(read(one.replace("\"text\": \"Hvor?\"", """
                "text": "Hvor?", "_text": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation",
                 "extension": [{"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "Where?"}]}]}""")))
                .languages())
                .containsExactly("nb", "en");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
            "\"url\": \"https://clinic.example/Questionnaire/sleep\", ~ ~ /url ~ form-url",
            "\"status\": \"active\" ~ \"status\": \"retired\" ~ /status ~ form-retired",
            "\"language\": \"nb\" ~ \"language\": \"fr\" ~ /language ~ file-language",
            "\"type\": \"boolean\" ~ \"type\": \"yesno\" ~ /item/0/type ~ form-type",
            "\"type\": \"boolean\" ~ \"type\": \"question\" ~ /item/0/type ~ form-type",
            "\"linkId\": \"b\" ~ \"linkId\": \"a\" ~ /item/1/linkId ~ form-link-id-twice",
            "\"linkId\": \"b\", ~ ~ /item/1/linkId ~ form-link-id",
            "\"question\": \"a\" ~ \"question\": \"z\" ~ /item/1/enableWhen/0/question ~ form-condition",
            "\"answerBoolean\": true ~ \"answerInteger\": 1 ~ /item/1/enableWhen/0/answer[x] ~ form-condition",
            "\"question\": \"a\", \"operator\": \"=\", \"answerBoolean\": true ~ \"question\": \"b\", \"operator\": \"exists\", \"answerBoolean\": true ~ /item/1/enableWhen ~ form-condition-loop",
            "\"answerOption\": [{\"valueString\": \"Hjemme\"}] ~ \"answerValueSet\": \"http://elsewhere.example/vs\" ~ /item/1/answerValueSet ~ form-value-set",
            "\"answerOption\": [{\"valueString\": \"Hjemme\"}] ~ \"required\": true ~ /item/1/answerOption ~ form-options",
            "\"enableWhen\": [ ~ \"enableWhen\": [{\"question\": \"a\", \"operator\": \"exists\", \"answerBoolean\": true}, ~ /item/1/enableBehavior ~ form-behavior",
            "\"type\": \"boolean\" ~ \"type\": \"group\" ~ /item/0/item ~ form-empty-group"})
    void what_cannot_be_asked_is_refused_where_it_stands(String good, String bad, String pointer, String code) {
        assertThat(issues(GOOD.replace(good, bad == null ? "" : bad)))
                .anySatisfy(issue -> {
                    assertThat(issue.pointer()).isEqualTo(pointer);
                    assertThat(issue.code()).isEqualTo(code);
                    assertThat(issue.detail()).isNotBlank();
                });
    }

    @Test
    void each_thing_that_is_wrong_is_said_at_once() {
        assertThat(issues(GOOD.replace("\"question\": \"a\"", "\"question\": \"z\"")
                .replace("\"status\": \"active\"",
                        "\"status\": \"retired\"")))
                .extracting(FieldError::code)
                .containsExactly("form-retired", "form-condition");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"%resource.item.where( ~ form-expression", "1 + 1 ~ "})
    void an_expression_that_does_not_parse_is_refused(String expression, String code) {
        var form = GOOD.replace("\"linkId\": \"a\"",
                """
                        "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
                         "valueExpression": {"language": "text/fhirpath", "expression": "%s"}}], "linkId": "a\""""
                        .formatted(expression));

        if (code == null) {
            taken(read(form));
        } else {
            assertThat(issues(form)).extracting(FieldError::pointer, FieldError::code)
                    .containsExactly(Assertions.tuple("/item/0/extension/0", code));
        }
    }

    @Test
    void what_is_no_questionnaire_is_told_so() {
        assertThat(issues("{\"resourceType\": \"Patient\"}")).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo("file-not-questionnaire");
            assertThat(issue.detail()).contains("This is a Patient");
        });
        assertThat(issues("Hello")).extracting(FieldError::code).containsExactly("file-not-questionnaire");
    }

    @Test
    void a_value_set_that_the_form_contains_or_that_everybody_knows_is_taken() {
        taken(read(GOOD.replace("\"answerOption\": [{\"valueString\": \"Hjemme\"}]",
                "\"answerValueSet\": \"http://loinc.org/vs/LL358-3\"")));
        taken(read(GOOD.replace("\"answerOption\": [{\"valueString\": \"Hjemme\"}]", "\"answerValueSet\": \"#v\"")
                .replace("\"item\": [{\"linkId\": \"a\"",
                        "\"contained\": [{\"resourceType\": \"ValueSet\", \"id\": \"v\", \"status\": \"active\", \"compose\": {\"include\": [{\"system\": \"http://s\", \"concept\": [{\"code\": \"1\"}]}]}}], \"item\": [{\"linkId\": \"a\"")));
    }
}

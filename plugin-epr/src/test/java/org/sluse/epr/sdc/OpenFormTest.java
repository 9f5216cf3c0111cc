// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFormTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    /** A form of these items, each as JSON. */
    static String form(String... items) {
        return """
                {"resourceType": "Questionnaire", "url": "https://clinic.example/Questionnaire/f", "version": "1", "status": "active", "language": "en", "title": "A form",
                 "item": [%s]}"""
                .formatted(String.join(",", items));
    }

    private static String item(String linkId, String type, String more) {
        return """
                {"linkId": "%s", "type": "%s", "text": "Text of %s" %s}""".formatted(linkId, type, linkId,
                more.isEmpty() ? "" : ", " + more);
    }

    private static String when(String question, String operator, String answer) {
        return """
                "enableWhen": [{"question": "%s", "operator": "%s", %s}]""".formatted(question, operator, answer);
    }

    private static OpenForm begun(String... items) {
        return OpenForm.begun(form(items), NOON);
    }

    private static Shown find(OpenForm form, String linkId) {
        return all(form.items("en")).filter(one -> one.linkId().equals(linkId)).findFirst().orElseThrow();
    }

    private static Stream<Shown> all(List<Shown> items) {
        return items.stream().flatMap(one -> Stream.concat(Stream.of(one), all(one.items())));
    }

    private static List<String> links(OpenForm form) {
        return all(form.items("en")).map(Shown::linkId).toList();
    }

    private static List<Finding> put(OpenForm form, String linkId, Given... given) {
        return form.put(Map.of(find(form, linkId).key(), List.of(given)), "en");
    }

    private static List<String> codes(OpenForm form) {
        return form.findings("en").stream().map(Finding::code).toList();
    }

    private static List<String> values(OpenForm form, String linkId) {
        return find(form, linkId).values().stream().map(Shown.Value::text).toList();
    }

    @Nested
    class An_item_with_a_condition {

        @ParameterizedTest
        @CsvSource(delimiter = ';', value = {
                "integer; exists; \"answerBoolean\": true; 3; true",
                "integer; exists; \"answerBoolean\": true; ; false",
                "integer; exists; \"answerBoolean\": false; ; true",
                "integer; =; \"answerInteger\": 3; 3; true",
                "integer; =; \"answerInteger\": 3; 4; false",
                "integer; !=; \"answerInteger\": 3; 4; true",
                "integer; !=; \"answerInteger\": 3; 3; false",
                "integer; !=; \"answerInteger\": 3; ; true",
                "integer; >; \"answerInteger\": 3; 4; true",
                "integer; >; \"answerInteger\": 3; 3; false",
                "integer; >=; \"answerInteger\": 3; 3; true",
                "integer; <; \"answerInteger\": 3; 2; true",
                "integer; <; \"answerInteger\": 3; ; false",
                "integer; <=; \"answerInteger\": 3; 3; true",
                "decimal; =; \"answerDecimal\": 1.5; 1,50; true",
                "boolean; =; \"answerBoolean\": true; true; true",
                "boolean; =; \"answerBoolean\": false; true; false",
                "date; >; \"answerDate\": \"2026-01-31\"; 2026-02-01; true",
                "date; >; \"answerDate\": \"2026-01\"; 2026-01-15; false",
                "dateTime; <; \"answerDateTime\": \"2026-01-31T12:00:00+01:00\"; 2026-01-31T10:59:00Z; true",
                "time; >=; \"answerTime\": \"08:00:00\"; 08:00; true",
                "string; =; \"answerString\": \"yes\"; yes; true",
                "string; =; \"answerString\": \"yes\"; Yes; false"})
        void is_there_as_its_operator_says(String type, String operator, String answer, String given, boolean there) {
            var form = begun(item("q", type, ""), item("then", "string", when("q", operator, answer)));

            put(form, "q", Given.text(given == null ? "" : given));

            assertThat(links(form).contains("then")).isEqualTo(there);
        }

        @Test
        void compares_a_code_with_its_system_and_without_where_the_form_names_none() {
            var options = "\"answerOption\": [{\"valueCoding\": {\"system\": \"http://loinc.org\", \"code\": \"A\"}}, {\"valueCoding\": {\"code\": \"B\"}}]";
            var form = begun(item("q", "choice", options),
                    item("loinc", "string",
                            when("q", "=", "\"answerCoding\": {\"system\": \"http://loinc.org\", \"code\": \"A\"}")),
                    item("other", "string",
                            when("q", "=", "\"answerCoding\": {\"system\": \"http://other\", \"code\": \"A\"}")),
                    item("any", "string", when("q", "=", "\"answerCoding\": {\"code\": \"A\"}")));

            put(form, "q", Given.option("0"));

            assertThat(links(form)).containsExactly("q", "loinc", "any");
        }

        @Test
        void compares_quantities_of_one_unit_only() {
            var units = """
                    "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption", "valueCoding": {"code": "kg"}},
                     {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption", "valueCoding": {"code": "g"}}]""";
            var form = begun(item("q", "quantity", units),
                    item("then", "string", when("q", ">", "\"answerQuantity\": {\"value\": 100, \"code\": \"kg\"}")));

            put(form, "q", Given.quantity("120", "1"));
            assertThat(links(form)).containsExactly("q");

            put(form, "q", Given.quantity("120", "0"));
            assertThat(links(form)).containsExactly("q", "then");
        }

        @ParameterizedTest
        @CsvSource({"all, 1, , false", "all, 1, 2, true", "any, 1, , true", "any, , , false"})
        void takes_all_of_several_conditions_or_any(String behavior, String one, String two, boolean there) {
            var conditions = """
                    "enableBehavior": "%s", "enableWhen": [{"question": "a", "operator": "=", "answerInteger": 1}, {"question": "b", "operator": "=", "answerInteger": 2}]"""
                    .formatted(behavior);
            var form = begun(item("a", "integer", ""), item("b", "integer", ""), item("then", "string", conditions));

            put(form, "a", Given.text(one == null ? "" : one));
            put(form, "b", Given.text(two == null ? "" : two));

            assertThat(links(form).contains("then")).isEqualTo(there);
        }

        @Test
        void is_true_of_one_answer_among_several() {
            var form = begun(item("q", "integer", "\"repeats\": true"),
                    item("then", "string", when("q", "=", "\"answerInteger\": 3")));

            put(form, "q", Given.text("1"), Given.text("3"));

            assertThat(links(form)).contains("then");
        }

        @Test
        void goes_with_what_it_depends_on_however_long_the_chain() {
            var form = begun(item("c", "boolean", when("b", "=", "\"answerBoolean\": true")),
                    item("b", "boolean", when("a", "=", "\"answerBoolean\": true")), item("a", "boolean", ""));
            put(form, "a", Given.text("true"));
            put(form, "b", Given.text("true"));
            assertThat(links(form)).containsExactly("c", "b", "a");

            put(form, "a", Given.text("false"));

            assertThat(links(form)).containsExactly("a");
        }

        @Test
        void keeps_its_answer_while_it_is_away_and_does_not_send_it() {
            var form = begun(item("a", "boolean", ""), item("b", "string", when("a", "=", "\"answerBoolean\": true")));
            put(form, "a", Given.text("true"));
            put(form, "b", Given.text("Told in confidence"));

            put(form, "a", Given.text("false"));

            assertThat(form.completed("en")).doesNotContain("confidence");
            assertThat(form.kept()).contains("Told in confidence");
            put(form, "a", Given.text("true"));
            assertThat(values(form, "b")).containsExactly("Told in confidence");
        }

        @Test
        void takes_what_is_below_it_along() {
            var form = begun(item("a", "boolean", ""),
                    item("g", "group", when("a", "=", "\"answerBoolean\": true") + ", \"item\": ["
                            + item("in", "string", "\"required\": true") + "]"));

            assertThat(links(form)).containsExactly("a");
            assertThat(codes(form)).as("nobody has to answer what is not there").isEmpty();
        }

        @Test
        void of_a_group_that_repeats_looks_at_its_own_occurrence() {
            var form = begun(item("g", "group", "\"repeats\": true, \"item\": ["
                    + item("then", "string", when("q", "=", "\"answerBoolean\": true")) + ","
                    + item("q", "boolean", "") + "]"));
            form.add("0.0");

            form.put(Map.of("0.1/1", List.of(Given.text("true"))), "en");

            assertThat(form.items("en")).extracting(group -> group.items().stream().map(Shown::linkId).toList())
                    .containsExactly(List.of("q"), List.of("then", "q"));
        }

        @Test
        void below_an_answer_looks_at_that_answer() {
            var form = begun(item("q", "choice",
                    "\"repeats\": true, \"answerOption\": [{\"valueString\": \"Tea\"}, {\"valueString\": \"Other\"}], \"item\": ["
                            + item("which", "string", when("q", "=", "\"answerString\": \"Other\"")) + "]"));

            put(form, "q", Given.option("0"), Given.option("1"));

            assertThat(find(form, "q").items()).singleElement().satisfies(which -> {
                assertThat(which.key()).isEqualTo("0.1/0");
                assertThat(which.about()).isEqualTo("Other");
            });
        }

        @Test
        void may_be_an_expression() {
            var form = begun(item("a", "integer", ""), item("b", "integer", ""), item("then", "string",
                    """
                            "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
                             "valueExpression": {"language": "text/fhirpath", "expression": "%resource.item.answer.value.sum() > 10"}}]"""));
            put(form, "a", Given.text("6"));
            assertThat(links(form)).doesNotContain("then");

            put(form, "b", Given.text("5"));

            assertThat(links(form)).contains("then");
        }

        @Test
        void is_asked_when_its_expression_cannot_be_worked_out_and_that_is_said() {
            var form = begun(item("then", "string",
                    """
                            "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
                             "valueExpression": {"language": "text/fhirpath", "expression": "%patient.gender = 'female'"}}]"""));

            assertThat(links(form)).containsExactly("then");
            assertThat(form.issues()).singleElement().asString().contains("%patient");
        }
    }

    @Nested
    class An_answer {

        @ParameterizedTest
        @CsvSource(delimiter = ';', value = {"integer; seven; number", "integer; 1,5; whole-number",
                "decimal; 1.2.3; number", "date; 2026-02-30; date", "dateTime; 2026-02-03T10:00; date-time",
                "time; 25:00; time", "url; not an address; url", "boolean; perhaps; not-offered"})
        void that_is_none_is_refused_and_what_was_there_stays(String type, String given, String code) {
            var form = begun(item("q", type, ""));

            assertThat(put(form, "q", Given.text(given))).extracting(Finding::key, Finding::code)
                    .containsExactly(tuple("0", code));
            assertThat(values(form, "q")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', value = {"decimal; 1 234,50; 1234.50", "integer; \u22123; -3",
                "date; 2026-02; 2026-02", "time; 08:30; 08:30:00", "string; '  two   words '; two words",
                "dateTime; 2026-02-03T10:00+01:00; 2026-02-03T10:00:00+01:00",
                "url; https://sluse.org/a; https://sluse.org/a"})
        void may_be_written_as_people_write(String type, String given, String value) {
            var form = begun(item("q", type, ""));

            assertThat(put(form, "q", Given.text(given))).isEmpty();
            assertThat(values(form, "q")).containsExactly(value);
        }

        @Test
        void keeps_to_the_bounds_of_the_form() {
            var form = begun(item("n", "integer",
                    "\"extension\": [{\"url\": \"http://hl7.org/fhir/StructureDefinition/minValue\", \"valueInteger\": 1}, {\"url\": \"http://hl7.org/fhir/StructureDefinition/maxValue\", \"valueInteger\": 5}]"),
                    item("t", "string", "\"maxLength\": 4"),
                    item("r", "integer",
                            "\"repeats\": true, \"extension\": [{\"url\": \"http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs\", \"valueInteger\": 2}]"));
            put(form, "n", Given.text("6"));
            put(form, "t", Given.text("Later"));
            put(form, "r", Given.text("1"), Given.text("2"), Given.text("3"));

            assertThat(form.findings("en")).extracting(Finding::code, Finding::detail)
                    .containsExactly(tuple("too-large", "5"),
                            tuple("too-long", "4"),
                            tuple("too-many", "2"));
        }

        @Test
        void that_is_required_is_missed_until_it_is_there() {
            var form = begun(item("q", "string", "\"required\": true"));
            assertThat(codes(form)).containsExactly("required");

            put(form, "q", Given.text("Here"));

            assertThat(codes(form)).isEmpty();
        }

        @Test
        void keeps_to_a_rule_of_the_form_in_the_forms_own_words() {
            var form = begun(item("from", "integer", ""), item("to", "integer",
                    """
                            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/targetConstraint", "extension": [
                             {"url": "key", "valueId": "order"}, {"url": "severity", "valueCode": "error"},
                             {"url": "expression", "valueExpression": {"language": "text/fhirpath", "expression": "answer.value >= %resource.item.where(linkId='from').answer.value"}},
                             {"url": "human", "valueString": "Not before it began"}]}]"""));
            put(form, "from", Given.text("5"));
            assertThat(codes(form)).as("of what is not there nothing can be said").isEmpty();

            put(form, "to", Given.text("3"));

            assertThat(form.findings("en"))
                    .containsExactly(new Finding("1", "constraint", "Not before it began", true));
        }

        @Test
        void of_its_own_goes_beside_the_options_of_an_open_choice() {
            var form = begun(item("q", "open-choice",
                    "\"repeats\": true, \"answerOption\": [{\"valueCoding\": {\"code\": \"A\", \"display\": \"Tea\"}}]"));

            put(form, "q", Given.option("0"), Given.text("Coffee"));

            assertThat(find(form, "q").values()).extracting(value -> value.option().orElse("-"), Shown.Value::text)
                    .containsExactly(tuple("0", "Tea"),
                            tuple("-", "Coffee"));
            assertThat(codes(form)).isEmpty();
        }

        @Test
        void that_excludes_others_stands_alone() {
            var form = begun(item("q", "choice",
                    """
                            "repeats": true, "answerOption": [{"valueString": "A"}, {"valueString": "None", "extension":
                             [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive", "valueBoolean": true}]}]"""));

            put(form, "q", Given.option("0"), Given.option("1"));

            assertThat(codes(form)).containsExactly("exclusive");
        }

        @Test
        void that_is_a_file_is_kept_without_being_sent_twice() {
            var form = begun(item("q", "attachment", "\"repeats\": true"));
            put(form, "q", Given.file("a.txt", "text/plain", "aGVsbG8="));

            put(form, "q", new Given(Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty(), Optional.of(0)),
                    Given.file("b.txt", "text/plain", "aGVsbG8h"));

            assertThat(find(form, "q").values()).extracting(value -> value.file().orElseThrow())
                    .extracting(Shown.File::name, Shown.File::bytes)
                    .containsExactly(tuple("a.txt", 5),
                            tuple("b.txt", 6));
        }

        @Test
        void to_what_nobody_is_asked_for_is_a_mistake_of_the_caller() {
            var form = begun(item("q", "string", "\"readOnly\": true"));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> form.put(Map.of("0", List.of(Given.text("x"))), "en"))
                    .withMessageStartingWith("The form has no question '0'");
        }
    }

    @Nested
    class What_is_calculated {

        private static final String SUM = """
                "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
                 "valueExpression": {"language": "text/fhirpath", "expression": "%resource.item.where(linkId!='sum').answer.value.sum()"}}]""";

        @Test
        void follows_the_answers_and_can_be_a_condition() {
            var form = begun(item("a", "integer", ""), item("b", "integer", ""), item("sum", "integer", SUM),
                    item("then", "string", when("sum", ">", "\"answerInteger\": 10")));
            put(form, "a", Given.text("5"));
            assertThat(values(form, "sum")).containsExactly("5");

            put(form, "b", Given.text("7"));

            assertThat(values(form, "sum")).containsExactly("12");
            assertThat(links(form)).contains("then");
            assertThat(find(form, "sum").readOnly()).isTrue();
        }

        @Test
        void does_not_count_an_answer_that_is_not_there() {
            var form = begun(item("a", "integer", ""),
                    item("b", "integer", when("a", ">", "\"answerInteger\": 3")), item("sum", "integer", SUM));
            put(form, "a", Given.text("5"));
            put(form, "b", Given.text("7"));
            assertThat(values(form, "sum")).containsExactly("12");

            put(form, "a", Given.text("2"));

            assertThat(values(form, "sum")).containsExactly("2");
        }
    }

    @Nested
    class A_group_that_repeats {

        private final OpenForm form = begun(item("g", "group",
                "\"repeats\": true, \"extension\": [{\"url\": \"http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs\", \"valueInteger\": 2}], \"item\": ["
                        + item("q", "string", "") + "]"));

        @Test
        void is_there_once_and_again_as_often_as_the_form_allows() {
            assertThat(form.items("en")).extracting(Shown::mayAdd, Shown::mayRemove)
                    .containsExactly(tuple(true, false));

            form.add("0.0");

            assertThat(form.items("en")).extracting(Shown::occurrence, Shown::mayAdd, Shown::mayRemove)
                    .containsExactly(tuple(1, false, true),
                            tuple(2, false, true));
            assertThatIllegalArgumentException().isThrownBy(() -> form.add("0.0"));
        }

        @Test
        void loses_one_occurrence_and_keeps_the_answers_of_the_other() {
            form.add("0.0");
            form.put(Map.of("0.0/0", List.of(Given.text("first")), "0.1/0", List.of(Given.text("second"))), "en");

            form.remove("0.0");

            assertThat(form.items("en")).singleElement()
                    .satisfies(group -> assertThat(group.items().getFirst().values()).extracting(Shown.Value::text)
                            .containsExactly("second"));
        }
    }

    @Nested
    class A_form {

        @Test
        void is_shown_in_the_language_that_it_is_asked_in() {
            var form = begun(
                    """
                            {"linkId": "q", "type": "choice", "text": "Sleep?", "_text": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation",
                             "extension": [{"url": "lang", "valueCode": "no"}, {"url": "content", "valueString": "Søvn?"}]}]},
                             "answerValueSet": "http://hl7.org/fhir/ValueSet/yesnodontknow"}""");

            var shown = form.items("nb").getFirst();

            assertThat(shown.text()).isEqualTo("Søvn?");
            assertThat(shown.options()).extracting(Shown.Choice::text).containsExactly("Ja", "Nei", "Vet ikke");
            assertThat(form.completed("nb")).doesNotContain("Søvn");
            form.put(Map.of("0", List.of(Given.option("0"))), "nb");
            assertThat(form.completed("nb")).contains("Søvn?").contains("\"code\":\"Y\"");
        }

        @Test
        void hides_what_it_hides_and_sends_its_value() {
            var form = begun(item("source", "string",
                    "\"initial\": [{\"valueString\": \"website\"}], \"extension\": [{\"url\": \"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden\", \"valueBoolean\": true}]"),
                    item("q", "string", ""));

            assertThat(links(form)).containsExactly("q");
            assertThat(form.completed("en")).contains("website");
            assertThat(form.answers("en")).extracting(Shown::linkId).containsExactly("source", "q");
        }

        @Test
        void is_the_same_when_it_is_opened_again() {
            var items = new String[]{item("g", "group", "\"repeats\": true, \"item\": [" + item("q", "choice",
                    "\"answerOption\": [{\"valueString\": \"A\"}], \"item\": [" + item("below", "string", "") + "]")
                    + "]")};
            var form = begun(items);
            form.add("0.0");
            form.put(Map.of("0.1/0", List.of(Given.option("0"))), "en");
            form.put(Map.of("0.1/0.0/0", List.of(Given.text("why"))), "en");

            var again = OpenForm.of(form(items), form.kept(), NOON);

            assertThat(again.items("en")).isEqualTo(form.items("en"));
            assertThat(again.kept()).isEqualTo(form.kept());
            assertThat(again.completed("en")).isEqualTo(form.completed("en"));
        }

        @Test
        void counts_what_it_asks_for() {
            var form = begun(item("a", "boolean", ""), item("text", "display", ""),
                    item("b", "string", when("a", "=", "\"answerBoolean\": true")));
            assertThat(form.asked()).isEqualTo(1);

            put(form, "a", Given.text("true"));

            assertThat(form.asked()).isEqualTo(2);
            assertThat(form.answered()).isEqualTo(1);
        }
    }
}

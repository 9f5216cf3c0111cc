// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.sluse.epr.sdc.Forms.answer;
import static org.sluse.epr.sdc.Forms.form;
import static org.sluse.epr.sdc.Forms.response;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SDC 4.0, expressions: the functions and names that forms use beyond FHIRPath. */
class FormPathsTest {

    private static final String TOTAL = "%resource.item.answer.value.weight().sum()";
    private static final Coding OFTEN = new Coding("https://clinic.example/how-often", "often", null);

    @Test
    void the_weight_on_the_answer_comes_before_that_of_the_option() {
        var form = choice(3);
        var chosen = OFTEN.copy();
        chosen.addExtension(Sdc.ITEM_WEIGHT, new DecimalType("2.5"));

        assertThat(total(form, filled(chosen))).isEqualTo("2.5");
        assertThat(total(form, filled(OFTEN.copy()))).isEqualTo("3");
    }

    @Test
    void ordinal_is_the_name_that_r4_had_for_weight() {
        assertThat(evaluate("item.answer.value.ordinal()", choice(3), filled(OFTEN.copy()))).singleElement()
                .satisfies(one -> assertThat(one.primitiveValue()).isEqualTo("3"));
    }

    @Test
    void a_weight_may_stand_on_a_concept_of_a_contained_value_set() {
        var set = new ValueSet();
        set.setId("set");
        set.getCompose()
                .addInclude()
                .setSystem(OFTEN.getSystem())
                .addConcept()
                .setCode("often")
                .addExtension(Sdc.ORDINAL_VALUE, new DecimalType(4));
        var form = form();
        form.addContained(set);
        form.addItem(question().setAnswerValueSet("#set"));

        assertThat(total(form, filled(OFTEN.copy()))).isEqualTo("4");
    }

    @Test
    void a_weight_may_be_a_property_of_a_contained_code_system() {
        var system = new CodeSystem().setUrl(OFTEN.getSystem());
        system.addProperty().setCode("points").setUri(Sdc.WEIGHT_PROPERTY);
        system.addConcept().setCode("often").addProperty().setCode("points").setValue(new DecimalType(5));
        var form = form();
        form.addContained(system);
        form.addItem(question());

        assertThat(total(form, filled(OFTEN.copy()))).isEqualTo("5");
    }

    @Test
    void a_weight_in_a_value_set_that_nobody_has_is_no_silent_zero() {
        var form = form();
        form.addItem(question().setAnswerValueSet("https://clinic.example/elsewhere"));

        assertThatThrownBy(() -> total(form, filled(OFTEN.copy()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a value set that is not in the form: https://clinic.example/elsewhere");
    }

    @Test
    void what_has_no_weight_counts_for_nothing() {
        var form = form();
        form.addItem(new QuestionnaireItemComponent().setLinkId("q").setType(QuestionnaireItemType.STRING));

        assertThat(evaluate("item.answer.value.weight()", form, filled(new StringType("often")))).isEmpty();
    }

    @Test
    void sum_adds_whole_numbers_and_decimals_and_nothing_else() {
        assertThat(total("(1 | 2).sum()")).isEqualTo("3");
        assertThat(total("(1 | 2.5).sum()")).isEqualTo("3.5");
        assertThat(total("{}.sum()")).isEqualTo("0");
        assertThatThrownBy(() -> total("('a').sum()"))
                .hasMessageContaining("sum() takes numbers, and there is a string");
    }

    @Test
    void the_form_and_its_item_have_names_and_so_has_what_the_form_names() {
        var form = choice(3);
        var paths = new FormPaths(Forms.FHIR, form, response());
        var scope = new FormPaths.Scope(response(), form.getItemFirstRep(), Map.of("own", List.of(new CodeType("x"))));

        assertThat(paths.text("%questionnaire.url", scope)).contains("https://clinic.example/form");
        assertThat(paths.text("%qitem.linkId", scope)).contains("q");
        assertThat(paths.text("%own", scope)).contains("x");
        assertThat(paths.text("%resource.id", scope)).contains("r1");
    }

    @Test
    void what_is_no_expression_and_what_has_no_meaning_here_says_so() {
        assertThatThrownBy(() -> total("item.where("))
                .hasMessageContaining("The expression 'item.where(' cannot be evaluated");
        assertThatThrownBy(() -> total("%patient")).hasMessageContaining("Nothing is called %patient here");
        assertThat(evaluate("subject.resolve()", choice(3), filled(OFTEN.copy()))).as("asked of nobody").isEmpty();
    }

    @Test
    void the_smallest_the_largest_the_mean_and_all_answers_can_be_asked_for() {
        assertThat(total("(3 | 1 | 2).min()")).isEqualTo("1");
        assertThat(total("(3 | 1 | 2.5).max()")).isEqualTo("3");
        assertThat(total("(1 | 2).avg()")).isEqualTo("1.5");
        assertThat(total("%resource.answers().count()")).isEqualTo("1");
        assertThat(evaluate("{}.max()", form(), filled(new IntegerType(1)))).isEmpty();
    }

    @Test
    void the_answers_of_a_published_total_are_elements_that_have_a_value_and_a_weight() {
        for (var total : List.of("%resource.answers().value.ordinal().sum()", "%resource.answers().weight().sum()")) {
            assertThat(evaluate(total, choice(3), filled(OFTEN.copy()))).as(total)
                    .singleElement()
                    .satisfies(sum -> assertThat(sum.primitiveValue()).isEqualTo("3"));
        }
    }

    @Test
    void a_choice_may_be_written_with_its_type_as_json_does() {
        var filled = filled(new IntegerType(7));

        assertThat(total("item.answer.valueInteger", filled)).isEqualTo("7");
        assertThat(total("item.answer.where(valueInteger > 6).valueInteger", filled)).isEqualTo("7");
        assertThat(evaluate("item.answer.valueDecimal", form(), filled)).as("of another type").isEmpty();
        assertThat(evaluate("item.valueInteger", form(), filled)).as("no such element").isEmpty();
    }

    private static String total(String expression, QuestionnaireResponse filled) {
        return evaluate(expression, form(), filled).getFirst().primitiveValue();
    }

    @Test
    void now_is_when_the_response_was_written_and_nobody_asks_the_clock() {
        var filled = filled(new IntegerType(1));

        assertThatThrownBy(() -> evaluate("now()", form(), filled))
                .hasMessageContaining(
                        "nobody knows when this is; right would be a response that says when it was authored");
        filled.setAuthoredElement(new DateTimeType("2026-11-28T00:30:00+01:00"));
        assertThat(evaluate("today()", form(), filled).getFirst().primitiveValue()).isEqualTo("2026-11-27");
        assertThat(evaluate("now()", form(), filled).getFirst().primitiveValue())
                .isEqualTo("2026-11-27T23:30:00.000+00:00");
    }

    @Test
    void types_are_asked_for_as_elsewhere() {
        assertThat(total("%resource.item.answer.value.where($this is integer).count()")).isEqualTo("1");
        assertThat(total("%resource.item.answer.value.ofType(integer).count()")).isEqualTo("1");
        assertThat(total("%resource.item.answer.value.as(integer)")).isEqualTo("1");
        assertThat(total("(%resource.item.answer.value as integer) + 1")).isEqualTo("2");
        assertThat(total("%resource is QuestionnaireResponse")).isEqualTo("true");
        assertThat(total("%resource.item.answer.value.is(FHIR.integer)")).isEqualTo("true");
    }

    @Test
    void texts_are_matched_and_replaced_as_elsewhere() {
        assertThat(total("'abc'.matches('b')")).isEqualTo("true");
        assertThat(total("'abc'.matchesFull('b')")).isEqualTo("false");
        assertThat(total("'abc'.replaceMatches('[ab]', 'x')")).isEqualTo("xxc");
        assertThat(total("'abc'.replace('b', '-')")).isEqualTo("a-c");
        assertThat(total("('a' | 'b').join(', ')")).isEqualTo("a, b");
        assertThat(total("{}.matches('b').empty()")).isEqualTo("true");
        assertThatThrownBy(() -> total("'abc'.matches('(')")).hasMessageContaining("no regular expression");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%text.matches('(.*a){12}b')", "%text.replaceMatches('(.*a){12}b', '')",
            "%all.select(%all.select(%all.select(%all.select(%all))))",
            "(%all | %all | %all).distinct().count() > (%all.select(%all)).distinct().count()",
            "%text.replace('a', %text.replace('a', %text)).length()", "%text.toChars().join(%text.replace('a', %text))",
            "%all.all(%all.all(%all.all(%all.all($this = $this))))", "1.0.round(2000000000)",
            "%all.aggregate($total & $total & 'aaaaaaaaaaaaaaaa', 'a').length()",
            "%all.aggregate($total * $total, 12345678901234567890.5)"})
    void an_expression_that_takes_too_much_work_says_so_within_seconds(String expression) {
        var many = java.util.stream.IntStream.range(0, 2_000).mapToObj(IntegerType::new).map(Base.class::cast).toList();
        var scope = new FormPaths.Scope(response(), null,
                Map.of("all", many, "text", List.of(new StringType("a".repeat(5_000)))));
        var paths = new FormPaths(Forms.FHIR, form(), response());

        assertTimeout(Duration.ofSeconds(60), () -> assertThatThrownBy(() -> paths.evaluate(expression, scope))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(too much work|more than 1000 digits|at most 1000).*"));
    }

    @Test
    void an_expression_that_nests_too_deeply_or_is_too_long_says_so() {
        assertThatThrownBy(() -> total("(".repeat(9_000) + "1" + ")".repeat(9_000))).hasMessageContaining("too deep");
        assertThatThrownBy(() -> total("1 + ".repeat(9_000) + "1")).hasMessageContaining("more than 20000 characters");
    }

    private static Questionnaire choice(int weight) {
        var option = OFTEN.copy();
        option.addExtension(Sdc.ITEM_WEIGHT, new IntegerType(weight));
        var question = question();
        question.addAnswerOption().setValue(option);
        var form = form();
        form.addItem(question);
        return form;
    }

    private static QuestionnaireItemComponent question() {
        return new QuestionnaireItemComponent().setLinkId("q").setType(QuestionnaireItemType.CHOICE);
    }

    private static QuestionnaireResponse filled(org.hl7.fhir.r4.model.Type value) {
        var filled = response();
        filled.setSubject(new org.hl7.fhir.r4.model.Reference("Patient/p"));
        filled.addItem(answer("q", value));
        return filled;
    }

    private static String total(Questionnaire form, QuestionnaireResponse filled) {
        return evaluate(TOTAL, form, filled).getFirst().primitiveValue();
    }

    private static String total(String expression) {
        return evaluate(expression, form(), filled(new IntegerType(1))).getFirst().primitiveValue();
    }

    private static List<Base> evaluate(String expression, Questionnaire form, QuestionnaireResponse filled) {
        return new FormPaths(Forms.FHIR, form, filled).evaluate(expression,
                new FormPaths.Scope(filled, null, Map.of()));
    }
}

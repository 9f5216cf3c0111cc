// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sluse.epr.sdc.Forms.answer;
import static org.sluse.epr.sdc.Forms.form;
import static org.sluse.epr.sdc.Forms.response;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;

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

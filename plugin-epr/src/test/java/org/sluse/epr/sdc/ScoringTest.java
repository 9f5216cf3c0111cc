// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.sdc.Forms.answer;
import static org.sluse.epr.sdc.Forms.form;
import static org.sluse.epr.sdc.Forms.response;
import static org.sluse.epr.sdc.Forms.said;
import static org.sluse.epr.sdc.Forms.written;

import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;

/** SDC 4.0, expressions, "calculatedExpression", as the server believes it. */
class ScoringTest {

    private static final String SUM = "%resource.item.where(linkId = 'a' or linkId = 'b').answer.value.sum()";

    @Test
    void a_total_that_nobody_has_sent_is_put_where_the_form_has_it() {
        var form = form();
        form.addItem(calculated("total", QuestionnaireItemType.INTEGER, SUM));
        form.addItem(question("a"));
        form.addItem(question("b"));

        var result = scored(form, filled(answer("a", new IntegerType(2)), answer("b", new IntegerType(3))));

        assertThat(result.response().orElseThrow().getItem()).extracting(QuestionnaireResponseItemComponent::getLinkId)
                .containsExactly("total", "a", "b");
        assertThat(value(result, "total").primitiveValue()).isEqualTo("5");
        assertThat(said(result.issues())).isEmpty();
    }

    @Test
    void a_total_that_was_sent_and_is_another_is_an_issue_with_both() {
        var result = scored(totalled(), filled(answer("a", new IntegerType(2)), answer("b", new IntegerType(3)),
                answer("total", new IntegerType(4))));

        assertThat(value(result, "total").primitiveValue()).isEqualTo("5");
        assertThat(said(result.issues())).isEqualTo(
                "error QuestionnaireResponse.item[2]: Item 'total' came as 4, and the form calculates 5\n");
    }

    @Test
    void a_total_that_was_sent_and_is_right_is_no_issue_however_it_is_written() {
        var form = totalled();
        form.getItem().getLast().setType(QuestionnaireItemType.DECIMAL);

        var result = scored(form, filled(answer("a", new IntegerType(2)), answer("b", new IntegerType(3)),
                answer("total", new DecimalType("5.0"))));

        assertThat(said(result.issues())).isEmpty();
    }

    @Test
    void weights_of_the_options_are_added_and_a_panel_is_scored_with_variables() {
        var often = new Coding("https://clinic.example/how-often", "often", "Often");
        var offered = often.copy();
        offered.addExtension(Sdc.ORDINAL_VALUE, new DecimalType(3));
        var group = new QuestionnaireItemComponent().setLinkId("panel").setType(QuestionnaireItemType.GROUP);
        var choice = new QuestionnaireItemComponent().setLinkId("q").setType(QuestionnaireItemType.CHOICE);
        choice.addAnswerOption().setValue(offered);
        group.addItem(choice);
        group.addItem(calculated("score", QuestionnaireItemType.INTEGER, "%points.sum()"));
        group.addItem(calculated("twice", QuestionnaireItemType.INTEGER, "%points.sum() * %factor"));
        variable(group, "points", "%context.item.answer.value.ordinal()");
        var form = form();
        form.addExtension(Sdc.VARIABLE, expression("2").setName("factor"));
        form.addItem(group);
        var panel = new QuestionnaireResponseItemComponent().setLinkId("panel");
        panel.addItem(answer("q", often));

        var result = scored(form, filled(panel));

        assertThat(said(result.issues())).isEmpty();
        assertThat(result.response().orElseThrow().getItemFirstRep().getItem())
                .extracting(item -> item.getAnswerFirstRep().getValue().isPrimitive()
                        ? item.getAnswerFirstRep().getValue().primitiveValue()
                        : "often")
                .containsExactly("often", "3", "6");
    }

    @Test
    void a_calculation_may_use_another_that_comes_behind_it() {
        var form = form();
        form.addItem(calculated("double", QuestionnaireItemType.INTEGER,
                "%resource.item.where(linkId = 'total').answer.value * 2"));
        form.addItem(question("a"));
        form.addItem(question("b"));
        form.addItem(calculated("total", QuestionnaireItemType.INTEGER, SUM));

        var result = scored(form, filled(answer("double", new IntegerType(1)), answer("a", new IntegerType(2)),
                answer("b", new IntegerType(3)), answer("total", new IntegerType(99))));

        assertThat(value(result, "double").primitiveValue()).isEqualTo("10");
    }

    @Test
    void calculations_in_a_circle_are_an_issue_and_no_endless_loop() {
        var form = form();
        form.addItem(calculated("a", QuestionnaireItemType.INTEGER,
                "%resource.item.where(linkId = 'b').answer.value.sum() + 1"));
        form.addItem(calculated("b", QuestionnaireItemType.INTEGER,
                "%resource.item.where(linkId = 'a').answer.value.sum() + 1"));

        assertThat(said(scored(form, filled(answer("a", new IntegerType(7)))).issues()))
                .contains("Item 'a' cannot be calculated. It depends on itself")
                .contains("Item 'b' cannot be calculated. It depends on itself");
    }

    @Test
    void what_cannot_be_calculated_stays_as_it_was_sent_and_the_rest_is_calculated() {
        var form = totalled();
        form.addItem(calculated("broken", QuestionnaireItemType.INTEGER, "%nobody.sum()"));
        form.addItem(calculated("text", QuestionnaireItemType.INTEGER, "'many'"));
        form.addItem(calculated("other", QuestionnaireItemType.INTEGER, "1"));
        ((Expression) form.getItem().getLast().getExtensionFirstRep().getValue()).setLanguage("text/cql");

        var result = scored(form, filled(answer("a", new IntegerType(2)), answer("broken", new IntegerType(8))));

        assertThat(value(result, "broken").primitiveValue()).isEqualTo("8");
        assertThat(value(result, "total").primitiveValue()).isEqualTo("2");
        assertThat(said(result.issues())).contains("Nothing is called %nobody here")
                .contains("What was found for 'text' is a string; right would be an answer of type integer")
                .contains("is in text/cql; right would be text/fhirpath");
    }

    @Test
    void a_name_that_has_no_value_is_an_issue_for_whoever_uses_it_and_for_nobody_else() {
        var form = totalled();
        variable(form.getItem().getLast(), "patient", "%launched.birthDate");

        assertThat(said(scored(form, filled(answer("a", new IntegerType(2)))).issues())).isEmpty();

        form.addItem(calculated("born", QuestionnaireItemType.DATE, "%patient"));
        variable(form.getItem().getLast(), "patient", "%launched.birthDate");
        assertThat(said(scored(form, filled(answer("a", new IntegerType(2)))).issues()))
                .contains("%patient has no value: The expression '%launched.birthDate' cannot be evaluated");
    }

    @Test
    void a_mean_and_a_quantity_have_the_unit_of_the_form() {
        var form = form();
        form.addItem(question("a"));
        form.addItem(question("b"));
        var mean = calculated("mean", QuestionnaireItemType.QUANTITY,
                "%resource.answers().value.where($this is integer).avg()");
        mean.addExtension(Sdc.UNIT, new Coding("http://unitsofmeasure.org", "{score}", null));
        form.addItem(mean);

        var result = scored(form, filled(answer("a", new IntegerType(2)), answer("b", new IntegerType(3))));

        assertThat(said(result.issues())).isEmpty();
        assertThat((Quantity) value(result, "mean")).satisfies(one -> {
            assertThat(one.getValue()).isEqualByComparingTo("2.5");
            assertThat(one.getCode()).isEqualTo("{score}");
        });
    }

    @Test
    void a_response_of_another_form_is_refused_and_a_form_without_calculations_says_so() {
        var other = filled(answer("a", new IntegerType(2))).setQuestionnaire("https://clinic.example/other");

        assertThat(scored(totalled(), other).response()).isEmpty();
        var plain = form();
        plain.addItem(question("a"));
        assertThat(said(scored(plain, filled(answer("a", new IntegerType(2)))).issues()))
                .startsWith("warning QuestionnaireResponse: The form calculates nothing");
    }

    @Test
    void two_runs_give_the_same_bytes_and_leave_what_was_sent_as_it_was() {
        var sent = filled(answer("a", new IntegerType(2)), answer("total", new IntegerType(4)));
        var before = written(sent);

        var one = scored(totalled(), sent);
        var two = scored(totalled(), sent);

        assertThat(written(one.response().orElseThrow())).isEqualTo(written(two.response().orElseThrow()));
        assertThat(written(one.issues())).isEqualTo(written(two.issues()));
        assertThat(written(sent)).isEqualTo(before);
    }

    private static Questionnaire totalled() {
        var form = form();
        form.addItem(question("a"));
        form.addItem(question("b"));
        form.addItem(calculated("total", QuestionnaireItemType.INTEGER, SUM));
        return form;
    }

    private static QuestionnaireItemComponent question(String linkId) {
        return new QuestionnaireItemComponent().setLinkId(linkId).setType(QuestionnaireItemType.INTEGER);
    }

    private static QuestionnaireItemComponent calculated(String linkId, QuestionnaireItemType type, String expression) {
        var item = new QuestionnaireItemComponent().setLinkId(linkId).setType(type);
        item.addExtension(Sdc.CALCULATED, expression(expression));
        return item;
    }

    private static void variable(QuestionnaireItemComponent item, String name, String expression) {
        item.addExtension(Sdc.VARIABLE, expression(expression).setName(name));
    }

    private static Expression expression(String text) {
        return new Expression().setLanguage("text/fhirpath").setExpression(text);
    }

    private static QuestionnaireResponse filled(QuestionnaireResponseItemComponent... items) {
        var filled = response();
        for (var item : items) {
            filled.addItem(item);
        }
        return filled;
    }

    private static Scoring.Result scored(Questionnaire form, QuestionnaireResponse filled) {
        return new Scoring(Forms.FHIR).score(form, filled);
    }

    private static Type value(Scoring.Result result, String linkId) {
        return result.response()
                .orElseThrow()
                .getItem()
                .stream()
                .filter(item -> item.getLinkId().equals(linkId))
                .findFirst()
                .orElseThrow()
                .getAnswerFirstRep()
                .getValue();
    }
}

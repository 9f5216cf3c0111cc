// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.sdc.Forms.form;
import static org.sluse.epr.sdc.Forms.item;
import static org.sluse.epr.sdc.Forms.said;
import static org.sluse.epr.sdc.Forms.written;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SDC 4.0, populate. */
class PopulationTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String WEIGHT = "29463-7";

    @Nested
    class From_expressions {

        @Test
        void a_question_is_answered_from_what_is_known_of_the_patient() {
            var form = form();
            launch(form, "patient", "Patient");
            form.addItem(initial("born", QuestionnaireItemType.DATE, "%patient.birthDate"));
            form.addItem(initial("sex", QuestionnaireItemType.CHOICE, "%patient.gender"));
            form.addItem(initial("age", QuestionnaireItemType.BOOLEAN, "%patient.birthDate <= today() - 18 years"));
            form.addItem(initial("who", QuestionnaireItemType.REFERENCE, "%patient"));
            form.addItem(new QuestionnaireItemComponent().setLinkId("open").setType(QuestionnaireItemType.STRING));

            var result = populated(form, patient());

            assertThat(said(result.issues())).isEmpty();
            assertThat(result.response().getStatus()).isEqualTo(QuestionnaireResponseStatus.INPROGRESS);
            assertThat(result.response().getQuestionnaire()).isEqualTo("https://clinic.example/form");
            assertThat(result.response().getSubject().getReference()).isEqualTo("Patient/4");
            assertThat(answer(result, "born").primitiveValue()).isEqualTo("1984-05-17");
            assertThat((Coding) answer(result, "sex")).satisfies(sex -> {
                assertThat(sex.getCode()).isEqualTo("female");
                assertThat(sex.getSystem()).isEqualTo("http://hl7.org/fhir/administrative-gender");
            });
            assertThat(answer(result, "age").primitiveValue()).isEqualTo("true");
            assertThat(((Reference) answer(result, "who")).getReference()).isEqualTo("Patient/4");
            assertThat(at(result, "open").hasAnswer()).isFalse();
        }

        @Test
        void nothing_found_is_no_answer_and_never_a_no() {
            var form = form();
            launch(form, "patient", "Patient");
            form.addItem(initial("active", QuestionnaireItemType.BOOLEAN, "%patient.active"));

            var result = populated(form, patient());

            assertThat(at(result, "active").hasAnswer()).isFalse();
            assertThat(said(result.issues())).isEmpty();
        }

        @Test
        void a_context_that_nobody_handed_over_is_an_issue_of_what_needs_it() {
            var form = form();
            launch(form, "patient", "Patient");
            launch(form, "encounter", "Encounter");
            form.addItem(initial("born", QuestionnaireItemType.DATE, "%patient.birthDate"));
            form.addItem(initial("begun", QuestionnaireItemType.DATETIME, "%encounter.period.start"));

            var result = populated(form, patient());

            assertThat(answer(result, "born").primitiveValue()).isEqualTo("1984-05-17");
            assertThat(said(result.issues())).isEqualTo(
                    "error QuestionnaireResponse.item[1]: The expression '%encounter.period.start' cannot be evaluated: "
                            + "%encounter has no value: no context of this name was handed over\n");
        }

        @Test
        void a_context_of_another_type_is_refused() {
            var form = form();
            launch(form, "patient", "Patient");

            var result = new Population(Forms.FHIR).populate(form,
                    new Population.Known(Optional.empty(), Map.of("patient", List.of(new Condition())), NOW));

            assertThat(said(result.issues()))
                    .contains("The context 'patient' is a [Condition]; right would be [Patient]");
        }

        @Test
        void a_value_of_another_type_is_an_issue_and_the_rest_is_filled() {
            var form = form();
            launch(form, "patient", "Patient");
            form.addItem(initial("born", QuestionnaireItemType.INTEGER, "%patient.birthDate"));
            form.addItem(initial("two", QuestionnaireItemType.STRING, "%patient.name.given"));
            var repeats = initial("all", QuestionnaireItemType.STRING, "%patient.name.given");
            form.addItem(repeats.setRepeats(true));

            var result = populated(form, patient());

            assertThat(said(result.issues()))
                    .contains("What was found for 'born' is a date; right would be an answer of type integer",
                            "There are 2 values for 'two', which takes one");
            assertThat(at(result, "all").getAnswer()).hasSize(2);
        }

        @Test
        void a_group_is_there_once_for_each_result_of_its_query() {
            var form = form();
            launch(form, "patient", "Patient");
            var group = new QuestionnaireItemComponent().setLinkId("illness")
                    .setType(QuestionnaireItemType.GROUP)
                    .setRepeats(true);
            group.addExtension(Sdc.ITEM_CONTEXT, new Expression().setName("illness")
                    .setLanguage("application/x-fhir-query")
                    .setExpression("Condition?patient={{%patient.id}}&clinical-status=active"));
            group.addExtension(Sdc.VARIABLE, expression("%illness.code.text.upper()").setName("loud"));
            group.addItem(initial("name", QuestionnaireItemType.STRING, "%illness.code.text"));
            group.addItem(initial("loud", QuestionnaireItemType.STRING, "%loud"));
            form.addItem(group);

            var result = populated(form, patient(), illness("Asthma", "active", "4"),
                    illness("Flu", "resolved", "4"), illness("Migraine", "active", "4"),
                    illness("Gout", "active", "5"));

            assertThat(said(result.issues())).isEmpty();
            assertThat(result.response().getItem()).extracting(
                    one -> one.getItem()
                            .stream()
                            .map(below -> below.getAnswerFirstRep().getValue().primitiveValue())
                            .toList())
                    .containsExactly(List.of("Asthma", "ASTHMA"), List.of("Migraine", "MIGRAINE"));
        }

        @Test
        void a_group_without_a_result_is_there_once_and_empty() {
            var form = form();
            var group = new QuestionnaireItemComponent().setLinkId("illness")
                    .setType(QuestionnaireItemType.GROUP)
                    .setRepeats(true);
            group.addExtension(Sdc.ITEM_CONTEXT, expression("{}").setName("illness"));
            group.addItem(initial("name", QuestionnaireItemType.STRING, "%illness.code.text"));
            form.addItem(group);

            var result = populated(form, patient());

            assertThat(said(result.issues())).isEmpty();
            assertThat(result.response().getItem()).singleElement()
                    .satisfies(one -> assertThat(one.getItemFirstRep().hasAnswer()).isFalse());
        }

        @Test
        void a_variable_may_be_a_query_whose_answer_is_a_searchset() {
            var form = form();
            form.addExtension(Sdc.VARIABLE, new Expression().setName("weights")
                    .setLanguage("application/x-fhir-query")
                    .setExpression("Observation?code=http%3A//loinc.org|29463-7,3141-9&_sort=-date&_count=1"));
            form.addItem(initial("weight", QuestionnaireItemType.QUANTITY, "%weights.entry.resource.value"));

            var result = populated(form, weight("60", "2026-01-01"), weight("72", "2026-11-01"),
                    weight("70", "2026-10-01"));

            assertThat(((Quantity) answer(result, "weight")).getValue()).isEqualByComparingTo("72");
        }

        @Test
        void a_query_that_is_none_and_one_of_what_nobody_handed_over_find_nothing_and_somebody_is_told() {
            var form = form();
            form.addExtension(Sdc.VARIABLE, query("a", "Observation?colour=red"));
            form.addExtension(Sdc.VARIABLE, query("b", "Condition?patient={{%nobody.id}}"));
            form.addExtension(Sdc.VARIABLE, query("c", "Condition?subject.name=Kari"));
            form.addExtension(Sdc.VARIABLE, query("d", "Encounter?status=finished"));
            form.addItem(initial("none", QuestionnaireItemType.INTEGER, "%a.entry.count() + %d.entry.count()"));

            var result = populated(form, weight("60", "2026-01-01"));

            assertThat(answer(result, "none").primitiveValue()).isEqualTo("0");
            assertThat(said(result.issues())).contains(
                    "The query has 'colour', which is not understood for Observation",
                    "Nothing is called %nobody here", "The query has 'subject.name'",
                    "warning Questionnaire: The form asks for Encounter, and none was handed over");
        }

        @Test
        void initial_values_of_the_form_are_answers() {
            var form = form();
            var asked = new QuestionnaireItemComponent().setLinkId("a").setType(QuestionnaireItemType.STRING);
            asked.addInitial().setValue(new StringType("as always"));
            form.addItem(asked);
            var chosen = new QuestionnaireItemComponent().setLinkId("b").setType(QuestionnaireItemType.CHOICE);
            chosen.addAnswerOption().setValue(new Coding("s", "x", null));
            chosen.addAnswerOption().setValue(new Coding("s", "y", null)).setInitialSelected(true);
            form.addItem(chosen);

            var result = populated(form);

            assertThat(answer(result, "a").primitiveValue()).isEqualTo("as always");
            assertThat(((Coding) answer(result, "b")).getCode()).isEqualTo("y");
        }
    }

    @Nested
    class From_observations {

        @Test
        void the_newest_within_the_link_period_answers() {
            var result = populated(weighed(3, "mo"), patient(), weight("60", "2026-01-01"), weight("72", "2026-11-01"),
                    weight("70", "2026-10-01"));

            assertThat(((Quantity) answer(result, "weight")).getValue()).isEqualByComparingTo("72");
            assertThat(said(result.issues())).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"1, mo, false", "2, mo, true", "30, d, false", "60, d, true", "1, a, true", "200, a, true",
                "5, wk, false", "1000, h, false", "2000, h, true", "999999999999, s, true", "1, fortnight, false"})
        void an_observation_counts_as_long_as_the_link_period_says(long value, String unit, boolean isFound) {
            var result = populated(weighed(value, unit), patient(), weight("72", "2026-10-10"));

            assertThat(at(result, "weight").hasAnswer()).isEqualTo(isFound);
        }

        @Test
        void what_is_not_reliable_of_somebody_else_or_of_a_part_of_the_patient_does_not_count() {
            var draft = weight("1", "2026-11-20").setStatus(ObservationStatus.PRELIMINARY);
            var wrong = weight("2", "2026-11-20").setStatus(ObservationStatus.ENTEREDINERROR);
            var other = weight("3", "2026-11-20").setSubject(new Reference("Patient/5"));
            var child = weight("4", "2026-11-20");
            child.addFocus(new Reference("Patient/unborn"));
            var future = weight("5", "2027-01-01");
            var absent = weight("6", "2026-11-20").setValue(null);
            var text = weight("7", "2026-11-20").setValue(new StringType("heavy"));
            var corrected = weight("72", "2026-11-01").setStatus(ObservationStatus.CORRECTED);
            corrected.addFocus(new Reference("Patient/4"));

            var result = populated(weighed(3, "mo"), patient(), draft, wrong, other, child, future, absent, text,
                    corrected);

            assertThat(((Quantity) answer(result, "weight")).getValue()).isEqualByComparingTo("72");
        }

        @Test
        void a_number_is_filled_where_the_form_has_the_unit_of_the_observation() {
            var form = weighed(3, "mo");
            form.getItemFirstRep().setType(QuestionnaireItemType.DECIMAL);
            var unit = form.getItemFirstRep().addExtension();
            unit.setUrl(Sdc.UNIT).setValue(new Coding("http://unitsofmeasure.org", "kg", null));

            assertThat(answer(populated(form, patient(), weight("72.5", "2026-11-01")), "weight").primitiveValue())
                    .isEqualTo("72.5");

            unit.setValue(new Coding("http://unitsofmeasure.org", "[lb_av]", null));
            assertThat(at(populated(form, patient(), weight("72.5", "2026-11-01")), "weight").hasAnswer()).isFalse();
        }

        @Test
        void below_a_panel_its_components_and_members_count_and_nothing_else() {
            var panel = item("pressure", QuestionnaireItemType.GROUP, "85354-9");
            period(panel, 1, "a");
            panel.addItem(period(item("systolic", QuestionnaireItemType.QUANTITY, "8480-6"), 1, "a"));
            panel.addItem(period(item("pulse", QuestionnaireItemType.QUANTITY, "8867-4"), 1, "a"));
            panel.addItem(period(item("weight", QuestionnaireItemType.QUANTITY, WEIGHT), 1, "a"));
            var form = form();
            form.addItem(panel);
            var pressure = observation("85354-9", "2026-11-01");
            pressure.addComponent().setCode(loinc("8480-6")).setValue(new Quantity(120));
            pressure.addHasMember(new Reference("Observation/pulse"));
            var pulse = observation("8867-4", "2026-11-01").setValue(new Quantity(60));
            pulse.setId("pulse");
            var newer = observation("8867-4", "2026-11-02").setValue(new Quantity(99));

            var items = populated(form, patient(), pressure, pulse, newer, weight("72", "2026-11-01")).response()
                    .getItemFirstRep()
                    .getItem();

            assertThat(items.getFirst().getAnswerFirstRep().getValueQuantity().getValue()).isEqualByComparingTo("120");
            assertThat(items.get(1).getAnswerFirstRep().getValueQuantity().getValue()).isEqualByComparingTo("60");
            assertThat(items.get(2).hasAnswer()).isFalse();
        }

        @Test
        void an_item_that_repeats_cannot_be_filled_so() {
            var form = weighed(3, "mo");
            form.getItemFirstRep().setRepeats(true);

            assertThat(said(populated(form, patient(), weight("72", "2026-11-01")).issues()))
                    .contains("Item 'weight' repeats, and is to be filled from an Observation");
        }

        @Test
        void an_expression_goes_before_an_observation() {
            var form = weighed(3, "mo");
            form.getItemFirstRep().addExtension(Sdc.INITIAL, expression("80.0"));

            assertThat(((Quantity) answer(populated(form, patient(), weight("72", "2026-11-01")), "weight")).getValue())
                    .isEqualByComparingTo("80");
        }
    }

    @Test
    void groups_in_groups_in_groups_end_with_an_issue() {
        var many = new Bundle();
        for (var number = 0; number < 200; number++) {
            many.addEntry().setResource(illness("Asthma", "active", "4"));
        }
        var form = form();
        List<QuestionnaireItemComponent> level = form.getItem();
        for (var depth = 0; depth < 4; depth++) {
            var group = new QuestionnaireItemComponent().setLinkId("g" + depth)
                    .setType(QuestionnaireItemType.GROUP)
                    .setRepeats(true);
            group.addExtension(Sdc.ITEM_CONTEXT, expression("%all.entry.resource").setName("one"));
            level.add(group);
            level = group.getItem();
        }

        var result = new Population(Forms.FHIR).populate(form,
                new Population.Known(Optional.empty(), Map.of("all", List.of(many)), NOW));

        assertThat(said(result.issues())).contains("take too much work");
    }

    @Test
    void two_runs_give_the_same_bytes() {
        var form = weighed(3, "mo");
        launch(form, "patient", "Patient");
        form.addItem(initial("now", QuestionnaireItemType.DATETIME, "now()"));

        assertThat(written(populated(form, patient(), weight("72", "2026-11-01")).response()))
                .isEqualTo(written(populated(form, patient(), weight("72", "2026-11-01")).response()))
                .contains("2026-11-28T12:00:00");
    }

    private static Questionnaire weighed(long period, String unit) {
        var form = form();
        form.addItem(period(item("weight", QuestionnaireItemType.QUANTITY, WEIGHT), period, unit));
        return form;
    }

    private static QuestionnaireItemComponent period(QuestionnaireItemComponent item, long value, String unit) {
        var period = new Duration();
        period.setValue(value).setSystem("http://unitsofmeasure.org").setCode(unit);
        item.addExtension(Sdc.LINK_PERIOD, period);
        return item;
    }

    private static QuestionnaireItemComponent initial(String linkId, QuestionnaireItemType type, String expression) {
        var item = new QuestionnaireItemComponent().setLinkId(linkId).setType(type);
        item.addExtension(Sdc.INITIAL, expression(expression));
        return item;
    }

    private static Expression expression(String text) {
        return new Expression().setLanguage("text/fhirpath").setExpression(text);
    }

    private static Expression query(String name, String text) {
        return new Expression().setName(name).setLanguage("application/x-fhir-query").setExpression(text);
    }

    private static void launch(Questionnaire form, String name, String type) {
        var extension = form.addExtension().setUrl(Sdc.LAUNCH_CONTEXT);
        extension.addExtension("name", new Coding(null, name, null));
        extension.addExtension("type", new CodeType(type));
    }

    private static Patient patient() {
        var patient = new Patient().setGender(AdministrativeGender.FEMALE)
                .setBirthDateElement(new DateType("1984-05-17"));
        patient.setId("Patient/4");
        patient.addName().addGiven("Kari").addGiven("Anne");
        return patient;
    }

    private static Condition illness(String text, String status, String patient) {
        var illness = new Condition().setCode(new CodeableConcept().setText(text))
                .setSubject(
                        new Reference("Patient/" + patient));
        illness.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", status, null)));
        return illness;
    }

    private static Observation weight(String kilograms, String day) {
        return observation(WEIGHT, day).setValue(new Quantity().setValue(new java.math.BigDecimal(kilograms))
                .setSystem("http://unitsofmeasure.org")
                .setCode("kg"));
    }

    private static Observation observation(String code, String day) {
        return new Observation().setStatus(ObservationStatus.FINAL)
                .setCode(loinc(code))
                .setSubject(new Reference("Patient/4"))
                .setEffective(new DateTimeType(day));
    }

    private static CodeableConcept loinc(String code) {
        return new CodeableConcept(new Coding("http://loinc.org", code, null));
    }

    /** A patient by this name, and the rest as a Bundle. */
    private static Population.Result populated(Questionnaire form, Resource... known) {
        var contexts = new java.util.TreeMap<String, List<Resource>>();
        var rest = new Bundle();
        for (var one : known) {
            if (one instanceof Patient) {
                contexts.put("patient", List.of(one));
            } else {
                rest.addEntry().setResource(one);
            }
        }
        contexts.put("record", List.of(rest));
        return new Population(Forms.FHIR).populate(form, new Population.Known(Optional.empty(), contexts, NOW));
    }

    private static QuestionnaireResponseItemComponent at(Population.Result result, String linkId) {
        return result.response()
                .getItem()
                .stream()
                .filter(item -> item.getLinkId().equals(linkId))
                .findFirst()
                .orElseThrow();
    }

    private static Type answer(Population.Result result, String linkId) {
        return at(result, linkId).getAnswerFirstRep().getValue();
    }
}

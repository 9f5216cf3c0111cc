// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.sdc.Forms.answer;
import static org.sluse.epr.sdc.Forms.extracted;
import static org.sluse.epr.sdc.Forms.form;
import static org.sluse.epr.sdc.Forms.item;
import static org.sluse.epr.sdc.Forms.marked;
import static org.sluse.epr.sdc.Forms.response;
import static org.sluse.epr.sdc.Forms.said;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;

/** SDC 4.0, extraction, "Observation-based extraction". */
class ObservationExtractionTest {

    @Test
    void an_answer_with_a_code_that_is_marked_is_an_observation_with_what_the_response_says() {
        var filled = response().setSubject(new Reference("Patient/p"))
                .setEncounter(new Reference("Encounter/e"))
                .setAuthor(new Reference("Practitioner/a"))
                .setAuthoredElement(new DateTimeType("2026-11-28T10:15:00+01:00"));
        filled.addBasedOn(new Reference("ServiceRequest/s"));
        filled.addPartOf(new Reference("Procedure/p"));
        filled.addPartOf(new Reference("Observation/o"));
        filled.addItem(answer("weight", new Quantity(72.5).setUnit("kg")));
        var form = form();
        form.addItem(marked(item("weight", QuestionnaireItemType.QUANTITY, "29463-7"), true));

        var bundle = extracted(form, filled).bundle().orElseThrow();

        assertThat(bundle.getType()).isEqualTo(BundleType.TRANSACTION);
        var entry = bundle.getEntryFirstRep();
        assertThat(entry.getFullUrl()).startsWith("urn:uuid:");
        assertThat(entry.getRequest().getMethod()).isEqualTo(HTTPVerb.POST);
        assertThat(entry.getRequest().getUrl()).isEqualTo("Observation");
        assertThat(entry.getRequest().getIfNoneExist()).startsWith("identifier=urn%3Aietf%3Arfc%3A3986|urn%3Auuid%3A");
        var observation = (Observation) entry.getResource();
        assertThat(observation.getStatus()).isEqualTo(ObservationStatus.FINAL);
        assertThat(observation.getCode().getCoding()).extracting(Coding::getCode).containsExactly("29463-7");
        assertThat(observation.getSubject().getReference()).isEqualTo("Patient/p");
        assertThat(observation.getEncounter().getReference()).isEqualTo("Encounter/e");
        assertThat(observation.getPerformerFirstRep().getReference()).isEqualTo("Practitioner/a");
        assertThat(observation.getBasedOnFirstRep().getReference()).isEqualTo("ServiceRequest/s");
        assertThat(observation.getPartOf()).extracting(Reference::getReference).containsExactly("Procedure/p");
        assertThat(observation.getEffectiveDateTimeType().getValueAsString()).isEqualTo("2026-11-28T10:15:00+01:00");
        assertThat(observation.getIssuedElement().getValueAsString()).isEqualTo("2026-11-28T10:15:00+01:00");
        assertThat(observation.getDerivedFrom()).extracting(Reference::getReference)
                .containsExactly("QuestionnaireResponse/r1");
        assertThat(observation.getValueQuantity().getValue()).isEqualByComparingTo(new BigDecimal("72.5"));
    }

    @Test
    void the_mark_is_inherited_from_the_form_and_ends_where_it_is_false() {
        var form = form();
        form.addExtension(Sdc.OBSERVATION_EXTRACT, new BooleanType(true));
        form.addItem(item("in", QuestionnaireItemType.INTEGER, "1-1"));
        var out = marked(item("out", QuestionnaireItemType.GROUP, "2-2"), false);
        out.addItem(marked(item("below", QuestionnaireItemType.INTEGER, "3-3"), true));
        form.addItem(out);
        var filled = response();
        filled.addItem(answer("in", new IntegerType(1)));
        filled.addItem(group("out", answer("below", new IntegerType(2))));

        assertThat(codes(form, filled)).containsExactly("1-1");
    }

    @Test
    void codes_that_are_marked_are_the_only_ones_of_their_item() {
        var weight = item("weight", QuestionnaireItemType.DECIMAL, "8341-0");
        weight.addCode(marked(new Coding("http://loinc.org", "29463-7", "Body weight"), true));
        weight.addCode(marked(new Coding("http://loinc.org", "3141-9", null), false));
        var form = form();
        form.addItem(weight);
        var filled = response();
        filled.addItem(answer("weight", new DecimalType("72.5")));

        var code = only(form, filled).getCode();

        assertThat(code.getCoding()).extracting(Coding::getCode).containsExactly("29463-7");
        assertThat(code.getCodingFirstRep().getExtension()).isEmpty();
    }

    @Test
    void all_codes_of_an_item_are_codings_of_one_code() {
        var item = marked(item("weight", QuestionnaireItemType.DECIMAL, "29463-7"), true);
        item.addCode(new Coding("http://snomed.info/sct", "27113001", null));
        var form = form();
        form.addItem(item);
        var filled = response();
        filled.addItem(answer("weight", new DecimalType("72.5")));

        assertThat(only(form, filled).getCode().getCoding()).hasSize(2);
    }

    @Test
    void the_nearest_categories_hold() {
        var form = form();
        form.addExtension(Sdc.OBSERVATION_EXTRACT, new BooleanType(true));
        form.addExtension(Sdc.OBSERVATION_CATEGORY, category("survey"));
        form.addItem(item("a", QuestionnaireItemType.INTEGER, "1-1"));
        var vital = item("b", QuestionnaireItemType.INTEGER, "2-2");
        vital.addExtension(Sdc.OBSERVATION_CATEGORY, category("vital-signs"));
        vital.addExtension(Sdc.OBSERVATION_CATEGORY, category("exam"));
        form.addItem(vital);
        var filled = response();
        filled.addItem(answer("a", new IntegerType(1)));
        filled.addItem(answer("b", new IntegerType(1)));

        assertThat(observations(form, filled)).extracting(one -> one.getCategory()
                .stream()
                .map(category -> category.getCodingFirstRep().getCode())
                .toList()).containsExactly(List.of("survey"), List.of("vital-signs", "exam"));
    }

    @Test
    void a_child_is_a_component_a_member_derived_or_on_its_own_as_it_is_marked() {
        var panel = marked(item("panel", QuestionnaireItemType.GROUP, "85354-9"), true);
        panel.addItem(marked(item("systolic", QuestionnaireItemType.INTEGER, "8480-6"), "component"));
        panel.addItem(marked(item("pulse", QuestionnaireItemType.INTEGER, "8867-4"), "member"));
        panel.addItem(marked(item("mean", QuestionnaireItemType.INTEGER, "8478-0"), "derived"));
        panel.addItem(marked(item("alone", QuestionnaireItemType.INTEGER, "9279-1"), "independent"));
        var form = form();
        form.addItem(panel);
        var filled = response();
        filled.addItem(group("panel", answer("systolic", new IntegerType(120)), answer("pulse", new IntegerType(60)),
                answer("mean", new IntegerType(90)), answer("alone", new IntegerType(14))));

        var bundle = extracted(form, filled).bundle().orElseThrow();

        assertThat(codes(form, filled)).containsExactly("85354-9", "8867-4", "8478-0", "9279-1");
        var parent = observation(bundle, 0);
        assertThat(parent.hasValue()).isFalse();
        assertThat(parent.getComponent()).singleElement().satisfies(part -> {
            assertThat(part.getCode().getCodingFirstRep().getCode()).isEqualTo("8480-6");
            assertThat(part.getValueIntegerType().getValue()).isEqualTo(120);
        });
        assertThat(parent.getHasMember()).extracting(Reference::getReference)
                .containsExactly(bundle.getEntry().get(1).getFullUrl());
        assertThat(observation(bundle, 2).getDerivedFrom()).extracting(Reference::getReference)
                .containsExactly("QuestionnaireResponse/r1", bundle.getEntryFirstRep().getFullUrl());
        assertThat(observation(bundle, 3).getDerivedFrom()).extracting(Reference::getReference)
                .containsExactly("QuestionnaireResponse/r1");
    }

    @Test
    void a_component_without_anything_above_becomes_an_observation_and_a_warning() {
        var form = form();
        form.addItem(marked(item("systolic", QuestionnaireItemType.INTEGER, "8480-6"), "component"));
        var filled = response();
        filled.addItem(answer("systolic", new IntegerType(120)));

        var result = extracted(form, filled);

        assertThat(result.bundle().orElseThrow().getEntry()).hasSize(1);
        assertThat(result.isWhole()).isTrue();
        assertThat(said(result.issues())).contains("warning", "'systolic' is to be a component");
    }

    @Test
    void a_boolean_and_a_relationship_at_one_item_are_an_error() {
        var item = marked(item("pulse", QuestionnaireItemType.INTEGER, "8867-4"), "member");
        item.addCode(marked(new Coding("http://loinc.org", "8893-0", null), true));
        var form = form();
        form.addItem(item);
        var filled = response();
        filled.addItem(answer("pulse", new IntegerType(60)));

        var result = extracted(form, filled);

        assertThat(result.bundle()).isEmpty();
        assertThat(said(result.issues()))
                .isEqualTo("error QuestionnaireResponse.item[0]: Item 'pulse' is marked by a boolean"
                        + " and by a relationship; right would be one of them\n");
    }

    @Test
    void each_answer_is_an_observation_of_its_own() {
        var form = form();
        form.addItem(marked(item("allergies", QuestionnaireItemType.CHOICE, "1-1").setRepeats(true), true));
        var filled = response();
        filled.addItem(answer("allergies", new Coding("s", "nuts", null), new Coding("s", "milk", null)));

        assertThat(observations(form, filled))
                .extracting(one -> one.getValueCodeableConcept().getCodingFirstRep().getCode())
                .containsExactly("nuts", "milk");
    }

    @Test
    void what_is_not_answered_is_no_observation_and_nor_is_a_group_of_which_nothing_is() {
        var panel = marked(item("panel", QuestionnaireItemType.GROUP, "85354-9"), true);
        panel.addItem(marked(item("systolic", QuestionnaireItemType.INTEGER, "8480-6"), "component"));
        var form = form();
        form.addItem(panel);
        form.addItem(marked(item("weight", QuestionnaireItemType.INTEGER, "29463-7"), true));
        var filled = response();
        filled.addItem(group("panel", answer("systolic")));
        filled.addItem(answer("weight"));

        var result = extracted(form, filled);

        assertThat(result.bundle()).isEmpty();
        assertThat(result.isWhole()).isTrue();
        assertThat(said(result.issues())).isEqualTo("warning QuestionnaireResponse: There is nothing to extract\n");
    }

    @Test
    void a_number_with_a_unit_in_the_form_is_a_quantity() {
        var weight = marked(item("weight", QuestionnaireItemType.INTEGER, "29463-7"), true);
        weight.addExtension(Sdc.UNIT, new Coding("http://unitsofmeasure.org", "kg", "kilograms"));
        var form = form();
        form.addItem(weight);
        var filled = response();
        filled.addItem(answer("weight", new IntegerType(72)));

        var quantity = only(form, filled).getValueQuantity();

        assertThat(quantity.getValue()).isEqualByComparingTo("72");
        assertThat(quantity.getCode()).isEqualTo("kg");
        assertThat(quantity.getUnit()).isEqualTo("kilograms");
        assertThat(quantity.getSystem()).isEqualTo("http://unitsofmeasure.org");
    }

    @Test
    void values_become_what_an_observation_of_r4_may_have() {
        var form = form();
        form.addExtension(Sdc.OBSERVATION_EXTRACT, new BooleanType(true));
        form.addItem(item("decimal", QuestionnaireItemType.DECIMAL, "1-1"));
        form.addItem(item("date", QuestionnaireItemType.DATE, "2-2"));
        form.addItem(item("url", QuestionnaireItemType.URL, "3-3"));
        form.addItem(item("text", QuestionnaireItemType.TEXT, "4-4"));
        var filled = response();
        filled.addItem(answer("decimal", new DecimalType("36.60")));
        filled.addItem(answer("date", new DateType("2026-11")));
        filled.addItem(answer("url", new UriType("https://clinic.example/x")));
        filled.addItem(answer("text", new StringType("as before")));

        var values = observations(form, filled);

        assertThat(values.get(0).getValueQuantity().getValueElement().getValueAsString()).isEqualTo("36.60");
        assertThat(values.get(1).getValueDateTimeType().getValueAsString()).isEqualTo("2026-11");
        assertThat(values.get(2).getValueStringType().getValue()).isEqualTo("https://clinic.example/x");
        assertThat(values.get(3).getValueStringType().getValue()).isEqualTo("as before");
    }

    @Test
    void what_no_observation_may_have_is_an_issue_with_its_place_and_costs_nothing_else() {
        var form = form();
        form.addExtension(Sdc.OBSERVATION_EXTRACT, new BooleanType(true));
        form.addItem(item("picture", QuestionnaireItemType.ATTACHMENT, "1-1"));
        form.addItem(item("number", QuestionnaireItemType.INTEGER, "2-2"));
        var filled = response();
        filled.addItem(answer("picture", new Attachment().setTitle("secret")));
        filled.addItem(answer("number", new IntegerType(1)));

        var result = extracted(form, filled);

        assertThat(result.isWhole()).isFalse();
        assertThat(said(result.issues()))
                .isEqualTo("error QuestionnaireResponse.item[0].answer[0]: The answer to 'picture'"
                        + " is of type Attachment, which no Observation has as its value\n");
        assertThat(result.bundle().orElseThrow().getEntry()).hasSize(1);
    }

    @Test
    void an_amended_response_makes_amended_observations_with_the_same_identity() {
        var form = form();
        form.addItem(marked(item("weight", QuestionnaireItemType.INTEGER, "29463-7"), true));
        var first = response();
        first.addItem(answer("weight", new IntegerType(72)));
        var amended = response().setStatus(QuestionnaireResponseStatus.AMENDED);
        amended.addItem(answer("weight", new IntegerType(73)));

        assertThat(only(form, amended).getStatus()).isEqualTo(ObservationStatus.AMENDED);
        assertThat(only(form, amended).getIdentifierFirstRep().getValue())
                .isEqualTo(only(form, first).getIdentifierFirstRep().getValue());
    }

    @Test
    void an_entry_is_as_the_form_says() {
        var weight = marked(item("weight", QuestionnaireItemType.INTEGER, "29463-7"), true);
        var details = new Extension(Sdc.OBSERVATION_ENTRY);
        details.addExtension("resourceId", new StringType("'weight-of-' + %resource.id"));
        details.addExtension("ifMatch", new StringType("'W/\"7\"'"));
        weight.addExtension(details);
        var form = form();
        form.addItem(weight);
        var filled = response();
        filled.addItem(answer("weight", new IntegerType(72)));

        var request = extracted(form, filled).bundle().orElseThrow().getEntryFirstRep().getRequest();

        assertThat(request.getMethod()).isEqualTo(HTTPVerb.PUT);
        assertThat(request.getUrl()).isEqualTo("Observation/weight-of-r1");
        assertThat(request.getIfMatch()).isEqualTo("W/\"7\"");
        assertThat(request.hasIfNoneExist()).isFalse();
    }

    @Test
    void a_form_that_is_not_finished_and_one_of_another_form_are_refused() {
        var form = form().setVersion("2");
        assertThat(said(extracted(form, response().setStatus(QuestionnaireResponseStatus.INPROGRESS)).issues()))
                .isEqualTo(
                        "fatal QuestionnaireResponse.status: The response is in-progress; right would be completed or amended\n");
        assertThat(said(extracted(form, response().setQuestionnaire("https://clinic.example/form|1")).issues()))
                .isEqualTo("fatal QuestionnaireResponse.questionnaire: The response is of"
                        + " 'https://clinic.example/form|1' and the form is 'https://clinic.example/form|2'\n");
        form.addDerivedFrom("https://clinic.example/base");
        assertThat(extracted(form, response().setQuestionnaire("https://clinic.example/base|9")).isWhole()).isTrue();
    }

    @Test
    void an_item_that_the_form_does_not_know_is_an_issue_and_not_lost_in_silence() {
        var form = form();
        form.addItem(marked(item("weight", QuestionnaireItemType.INTEGER, "29463-7"), true));
        var filled = response();
        filled.addItem(answer("wieght", new IntegerType(72)));

        assertThat(said(extracted(form, filled).issues()))
                .isEqualTo("error QuestionnaireResponse.item[0]: The form has no"
                        + " item 'wieght' here; right would be one of ['weight']\n");
    }

    private static CodeableConcept category(String code) {
        return new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/observation-category", code, null));
    }

    private static QuestionnaireResponseItemComponent group(String linkId,
            QuestionnaireResponseItemComponent... items) {
        var group = new QuestionnaireResponseItemComponent().setLinkId(linkId);
        for (var item : items) {
            group.addItem(item);
        }
        return group;
    }

    private static Observation observation(Bundle bundle, int place) {
        return (Observation) bundle.getEntry().get(place).getResource();
    }

    private static List<Observation> observations(Questionnaire form, QuestionnaireResponse filled) {
        return extracted(form, filled).bundle()
                .orElseThrow()
                .getEntry()
                .stream()
                .map(entry -> (Observation) entry.getResource())
                .toList();
    }

    private static Observation only(Questionnaire form, QuestionnaireResponse filled) {
        assertThat(observations(form, filled)).hasSize(1);
        return observations(form, filled).getFirst();
    }

    private static List<String> codes(Questionnaire form, QuestionnaireResponse filled) {
        return observations(form, filled).stream().map(one -> one.getCode().getCodingFirstRep().getCode()).toList();
    }
}

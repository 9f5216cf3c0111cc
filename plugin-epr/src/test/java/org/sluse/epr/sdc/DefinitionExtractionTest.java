// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.sdc.Forms.answer;
import static org.sluse.epr.sdc.Forms.extracted;
import static org.sluse.epr.sdc.Forms.form;
import static org.sluse.epr.sdc.Forms.response;
import static org.sluse.epr.sdc.Forms.said;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;

/** SDC 4.0, extraction, "Definition-based extraction". */
class DefinitionExtractionTest {

    private static final String PATIENT = "http://hl7.org/fhir/StructureDefinition/Patient";
    private static final String OBSERVATION = "http://hl7.org/fhir/StructureDefinition/Observation";
    private static final String PROFILE = "https://clinic.example/person";

    @Test
    void answers_go_to_the_elements_that_their_items_name() {
        var form = form();
        form.addExtension(extract(PATIENT));
        form.addItem(item("given", QuestionnaireItemType.STRING, PATIENT + "#Patient.name.given").setRepeats(true));
        form.addItem(item("family", QuestionnaireItemType.STRING, PATIENT + "#Patient.name.family"));
        form.addItem(item("gender", QuestionnaireItemType.CHOICE, PATIENT + "#Patient.gender"));
        form.addItem(item("born", QuestionnaireItemType.DATE, PATIENT + "#Patient.birthDate"));
        form.addItem(item("married", QuestionnaireItemType.CHOICE, PATIENT + "#Patient.maritalStatus"));
        var filled = response();
        filled.addItem(answer("given", new StringType("Kari"), new StringType("Anne")));
        filled.addItem(answer("family", new StringType("Nordmann")));
        filled.addItem(answer("gender", new Coding("http://hl7.org/fhir/administrative-gender", "female", null)));
        filled.addItem(answer("born", new DateType("1970-01")));
        filled.addItem(answer("married", new Coding("s", "M", "Married")));

        var result = extracted(form, filled);

        assertThat(said(result.issues())).isEmpty();
        var entry = result.bundle().orElseThrow().getEntryFirstRep();
        assertThat(entry.getRequest().getMethod()).isEqualTo(HTTPVerb.POST);
        var patient = (Patient) entry.getResource();
        assertThat(patient.getName()).singleElement().satisfies(name -> {
            assertThat(name.getGivenAsSingleString()).isEqualTo("Kari Anne");
            assertThat(name.getFamily()).isEqualTo("Nordmann");
        });
        assertThat(patient.getGender().toCode()).isEqualTo("female");
        assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1970-01");
        assertThat(patient.getMaritalStatus().getCodingFirstRep().getDisplay()).isEqualTo("Married");
        assertThat(patient.hasMeta()).isFalse();
    }

    @Test
    void a_group_makes_an_element_for_each_of_its_occurrences() {
        var name = item("name", QuestionnaireItemType.GROUP, PATIENT + "#Patient.name").setRepeats(true);
        name.addItem(item("given", QuestionnaireItemType.STRING, PATIENT + "#Patient.name.given"));
        name.addItem(item("from", QuestionnaireItemType.DATE, PATIENT + "#Patient.name.period.start"));
        var form = form();
        form.addExtension(extract(PATIENT));
        form.addItem(name);
        var filled = response();
        filled.addItem(group("name", answer("given", new StringType("Kari")), answer("from", new DateType("1970"))));
        filled.addItem(group("name", answer("given", new StringType("Kaja")), answer("from", new DateType("1999"))));

        assertThat(patient(form, filled).getName()).extracting(HumanName::getGivenAsSingleString)
                .containsExactly("Kari", "Kaja");
        assertThat(patient(form, filled).getName())
                .extracting(one -> one.getPeriod().getStartElement().getValueAsString())
                .containsExactly("1970", "1999");
    }

    @Test
    void an_item_makes_a_resource_for_each_occurrence_that_is_answered_and_the_inner_one_is_filled() {
        var canonical = "http://hl7.org/fhir/StructureDefinition/RelatedPerson";
        var relative = new QuestionnaireItemComponent().setLinkId("relative")
                .setType(QuestionnaireItemType.GROUP)
                .setRepeats(true);
        relative.addExtension(extract(canonical));
        relative.addExtension(computed(canonical + "#RelatedPerson.patient.reference", "%patientId"));
        relative.addItem(item("who", QuestionnaireItemType.STRING, canonical + "#RelatedPerson.name.text"));
        var form = form();
        form.addExtension(Sdc.ALLOCATE_ID, new StringType("patientId"));
        var extract = extract(PATIENT);
        extract.addExtension("fullUrl", new StringType("%patientId"));
        form.addExtension(extract);
        form.addItem(relative);
        var filled = response();
        filled.addItem(group("relative", answer("who", new StringType("Ola"))));
        filled.addItem(group("relative", answer("who", new StringType("Per"))));
        filled.addItem(group("relative", answer("who")));

        var bundle = extracted(form, filled).bundle().orElseThrow();

        assertThat(bundle.getEntry()).hasSize(3);
        var patient = bundle.getEntryFirstRep().getFullUrl();
        assertThat(related(bundle, 1).getNameFirstRep().getText()).isEqualTo("Ola");
        assertThat(related(bundle, 2).getNameFirstRep().getText()).isEqualTo("Per");
        assertThat(List.of(related(bundle, 1), related(bundle, 2)))
                .allSatisfy(one -> assertThat(one.getPatient().getReference()).isEqualTo(patient));
    }

    @Test
    void values_may_be_fixed_or_come_from_an_expression_and_a_choice_takes_what_it_may() {
        var weight = item("weight", QuestionnaireItemType.DECIMAL, OBSERVATION + "#Observation.value[x]");
        weight.addExtension(extract(OBSERVATION));
        weight.addExtension(fixed(OBSERVATION + "#Observation.status", new CodeType("final")));
        weight.addExtension(fixed(OBSERVATION + "#Observation.code",
                new CodeableConcept(new Coding("http://loinc.org", "29463-7", null))));
        weight.addExtension(computed(OBSERVATION + "#Observation.note.text", "'of ' + %resource.id"));
        var form = form();
        form.addItem(weight);
        var filled = response();
        filled.addItem(answer("weight", new DecimalType("72.50")));

        var result = extracted(form, filled);

        assertThat(said(result.issues())).isEmpty();
        var made = (Observation) result.bundle().orElseThrow().getEntryFirstRep().getResource();
        assertThat(made.getStatus().toCode()).isEqualTo("final");
        assertThat(made.getCode().getCodingFirstRep().getCode()).isEqualTo("29463-7");
        assertThat(made.getValueQuantity().getValueElement().getValueAsString()).isEqualTo("72.50");
        assertThat(made.getNoteFirstRep().getText()).isEqualTo("of r1");
    }

    @Test
    void an_answer_may_be_the_id_of_what_is_replaced() {
        var form = form();
        form.addExtension(extract(PATIENT));
        form.addItem(item("id", QuestionnaireItemType.STRING, PATIENT + "#Patient.id"));
        var filled = response();
        filled.addItem(answer("id", new StringType("p7")));

        var request = extracted(form, filled).bundle().orElseThrow().getEntryFirstRep().getRequest();

        assertThat(request.getMethod()).isEqualTo(HTTPVerb.PUT);
        assertThat(request.getUrl()).isEqualTo("Patient/p7");
    }

    @Test
    void a_profile_that_the_form_contains_fills_in_what_it_fixes_slice_by_slice() {
        var profile = new StructureDefinition().setUrl(PROFILE).setType("Patient");
        element(profile, "Patient.identifier:number.system").setFixed(new UriType("https://clinic.example/number"));
        element(profile, "Patient.identifier:card.system").setFixed(new UriType("urn:card"));
        element(profile, "Patient.extension:nickname").addType()
                .setCode("Extension")
                .addProfile("https://clinic.example/nickname");
        var form = form();
        form.addContained(profile);
        form.addExtension(extract(PROFILE));
        form.addItem(item("number", QuestionnaireItemType.STRING, PROFILE + "#Patient.identifier:number.value"));
        form.addItem(item("nick", QuestionnaireItemType.STRING, PROFILE + "#Patient.extension:nickname.value[x]"));
        var filled = response();
        filled.addItem(answer("number", new StringType("1042")));
        filled.addItem(answer("nick", new StringType("Kaja")));

        var result = extracted(form, filled);

        assertThat(said(result.issues())).isEmpty();
        var patient = (Patient) result.bundle().orElseThrow().getEntryFirstRep().getResource();
        assertThat(patient.getMeta().hasProfile(PROFILE)).isTrue();
        assertThat(patient.getIdentifier()).singleElement().satisfies(one -> {
            assertThat(one.getSystem()).isEqualTo("https://clinic.example/number");
            assertThat(one.getValue()).isEqualTo("1042");
        });
        assertThat(patient.getExtensionByUrl("https://clinic.example/nickname").getValue().primitiveValue())
                .isEqualTo("Kaja");
        assertThat(result.bundle().orElseThrow().getEntryFirstRep().getRequest().getIfNoneExist())
                .isEqualTo("identifier=https%3A%2F%2Fclinic.example%2Fnumber|1042");
    }

    @Test
    void what_cannot_be_written_is_an_issue_with_its_place_and_the_rest_is_there() {
        var form = form();
        form.addExtension(extract(PATIENT));
        form.addItem(item("a", QuestionnaireItemType.STRING, PATIENT + "#Patient.nothing"));
        form.addItem(item("b", QuestionnaireItemType.STRING, PATIENT + "#Patient.gender"));
        form.addItem(item("c", QuestionnaireItemType.STRING, PATIENT + "#Patient.name.text"));
        form.addExtension(fixed("http://hl7.org/fhir/StructureDefinition/Basic#Basic.code", new StringType("x")));
        var filled = response();
        filled.addItem(answer("a", new StringType("secret")));
        filled.addItem(answer("b", new StringType("girl")));
        filled.addItem(answer("c", new StringType("kept")));

        var result = extracted(form, filled);

        assertThat(said(result.issues())).contains(
                "error QuestionnaireResponse.item[0].answer[0]: There is no element 'nothing' in Patient\n",
                "error QuestionnaireResponse.item[1].answer[0]: A string is no value of 'gender'\n",
                "error QuestionnaireResponse: Nothing of 'http://hl7.org/fhir/StructureDefinition/Basic#Basic.code' is extracted here")
                .doesNotContain("secret", "girl");
        assertThat(
                ((Patient) result.bundle().orElseThrow().getEntryFirstRep().getResource()).getNameFirstRep().getText())
                .isEqualTo("kept");
    }

    @Test
    void a_profile_whose_type_nobody_knows_is_an_issue() {
        var form = form();
        form.addExtension(extract("https://clinic.example/unknown"));

        assertThat(said(extracted(form, response()).issues()))
                .startsWith(
                        "error QuestionnaireResponse: Nobody knows of which type 'https://clinic.example/unknown' is");
    }

    @Test
    void a_choice_may_be_named_without_its_brackets_or_by_the_slice_of_its_type() {
        var height = item("height", QuestionnaireItemType.DECIMAL,
                OBSERVATION + "#Observation.value[x]:valueQuantity.value");
        height.addExtension(extract(OBSERVATION));
        height.addExtension(fixed(OBSERVATION + "#Observation.value[x]:valueQuantity.unit", new StringType("m")));
        height.addExtension(computed(OBSERVATION + "#Observation.effective", "%resource.authored"));
        var form = form();
        form.addItem(height);
        var filled = response();
        filled.addItem(answer("height", new DecimalType("1.8")));
        filled.setAuthoredElement(new org.hl7.fhir.r4.model.DateTimeType("2026-11-28T12:00:00Z"));

        var result = extracted(form, filled);

        assertThat(said(result.issues())).isEmpty();
        var observation = (Observation) result.bundle().orElseThrow().getEntryFirstRep().getResource();
        assertThat(observation.getValueQuantity().getValue()).isEqualByComparingTo("1.8");
        assertThat(observation.getValueQuantity().getUnit()).isEqualTo("m");
        assertThat(observation.getEffectiveDateTimeType().getValueAsString())
                .isEqualTo(filled.getAuthoredElement().getValueAsString());
    }

    @Test
    void a_value_that_the_response_does_not_have_is_written_nowhere() {
        var form = form();
        form.addExtension(extract(OBSERVATION));
        form.addExtension(computed(OBSERVATION + "#Observation.issued", "%resource.authored"));

        assertThat(said(extracted(form, response()).issues())).isEmpty();
    }

    @Test
    void a_form_of_earlier_versions_of_the_guide_says_what_is_extracted_by_a_type_or_a_query() {
        for (var asked : List.of(new Extension(Sdc.DEFINITION_EXTRACT, new CodeType("Patient")),
                new Extension(Sdc.EXTRACTION_CONTEXT, new CodeType("Patient")),
                new Extension(Sdc.EXTRACTION_CONTEXT,
                        new Expression().setLanguage("application/x-fhir-query").setExpression("Patient")))) {
            assertThat(said(extracted(named(asked), family()).issues())).isEmpty();
            assertThat(patient(named(asked), family()).getNameFirstRep().getFamily()).isEqualTo("Nordmann");
        }

        var query = new Extension(Sdc.EXTRACTION_CONTEXT, new Expression().setLanguage("application/x-fhir-query")
                .setExpression("Patient?_id={{%patient.id}}"));
        assertThat(said(extracted(named(query), family()).issues()))
                .contains("is not asked, and a new Patient is made; right would be definitionExtract");
    }

    private static Questionnaire named(Extension asked) {
        var form = form();
        form.addExtension(asked.copy());
        form.addItem(item("family", QuestionnaireItemType.STRING, PATIENT + "#Patient.name.family"));
        return form;
    }

    private static org.hl7.fhir.r4.model.QuestionnaireResponse family() {
        var filled = response();
        filled.addItem(answer("family", new StringType("Nordmann")));
        return filled;
    }

    private static ElementDefinition element(StructureDefinition profile, String id) {
        var element = profile.getDifferential().addElement();
        element.setId(id);
        return element;
    }

    private static Extension extract(String canonical) {
        var extension = new Extension(Sdc.DEFINITION_EXTRACT);
        extension.addExtension("definition", new org.hl7.fhir.r4.model.CanonicalType(canonical));
        return extension;
    }

    private static Extension fixed(String definition, Type value) {
        var extension = new Extension(Sdc.DEFINITION_VALUE);
        extension.addExtension("definition", new UriType(definition));
        extension.addExtension("fixed-value", value);
        return extension;
    }

    private static Extension computed(String definition, String expression) {
        var extension = new Extension(Sdc.DEFINITION_VALUE);
        extension.addExtension("definition", new UriType(definition));
        extension.addExtension("expression", new Expression().setLanguage("text/fhirpath").setExpression(expression));
        return extension;
    }

    private static QuestionnaireItemComponent item(String linkId, QuestionnaireItemType type, String definition) {
        return new QuestionnaireItemComponent().setLinkId(linkId).setType(type).setDefinition(definition);
    }

    private static QuestionnaireResponseItemComponent group(String linkId,
            QuestionnaireResponseItemComponent... items) {
        var group = new QuestionnaireResponseItemComponent().setLinkId(linkId);
        for (var item : items) {
            group.addItem(item);
        }
        return group;
    }

    private static Patient patient(Questionnaire form, org.hl7.fhir.r4.model.QuestionnaireResponse filled) {
        return (Patient) extracted(form, filled).bundle().orElseThrow().getEntryFirstRep().getResource();
    }

    private static RelatedPerson related(Bundle bundle, int place) {
        return (RelatedPerson) bundle.getEntry().get(place).getResource();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.sdc.Forms.answer;
import static org.sluse.epr.sdc.Forms.extracted;
import static org.sluse.epr.sdc.Forms.form;
import static org.sluse.epr.sdc.Forms.read;
import static org.sluse.epr.sdc.Forms.response;
import static org.sluse.epr.sdc.Forms.said;
import static org.sluse.epr.sdc.Forms.text;
import static org.sluse.epr.sdc.Forms.written;

import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** SDC 4.0, extraction, "Template-based extraction". */
class TemplateExtractionTest {

    @Test
    void a_form_about_a_family_becomes_what_is_written_beside_it() {
        var result = extracted(read(Questionnaire.class, "family.questionnaire.json"),
                read(QuestionnaireResponse.class, "family.response.json"));

        assertThat(said(result.issues())).isEmpty();
        assertThat(written(result.bundle().orElseThrow())).isEqualTo(text("family.bundle.json"));
    }

    @Test
    void two_runs_give_the_same_bytes_and_leave_the_form_as_it_was() {
        var form = read(Questionnaire.class, "family.questionnaire.json");
        var filled = read(QuestionnaireResponse.class, "family.response.json");

        var first = written(extracted(form, filled).bundle().orElseThrow());

        assertThat(written(extracted(form, filled).bundle().orElseThrow())).isEqualTo(first);
        assertThat(written(form)).isEqualTo(written(read(Questionnaire.class, "family.questionnaire.json")));
    }

    @Test
    void an_expression_that_cannot_be_evaluated_costs_its_property_and_no_more() {
        var patient = new Patient();
        patient.addName(new HumanName().setText("kept").setFamilyElement(marked("item.where(")));
        patient.getBirthDateElement().addExtension(Sdc.TEMPLATE_VALUE, new StringType("%nobody"));
        var form = template(patient);

        var result = extracted(form, response());

        assertThat(result.isWhole()).isFalse();
        assertThat(said(result.issues())).contains(
                "error QuestionnaireResponse: The expression 'item.where(' cannot be evaluated",
                "Nothing is called %nobody here");
        var made = (Patient) result.bundle().orElseThrow().getEntryFirstRep().getResource();
        assertThat(made.getNameFirstRep().getText()).isEqualTo("kept");
        assertThat(made.hasBirthDate()).isFalse();
        assertThat(made.getNameFirstRep().hasFamily()).isFalse();
    }

    @Test
    void a_value_that_does_not_fit_is_an_issue() {
        var patient = new Patient();
        patient.getGenderElement().addExtension(Sdc.TEMPLATE_VALUE, new StringType("'girl'"));
        var form = template(patient);

        assertThat(said(extracted(form, response()).issues()))
                .isEqualTo(
                        "error QuestionnaireResponse: What was found for 'gender' is a string and none that it may have\n");
    }

    @Test
    void a_template_that_the_form_does_not_contain_is_an_issue() {
        var form = form();
        form.addExtension(extraction("#nowhere"));

        assertThat(said(extracted(form, response()).issues()))
                .isEqualTo("error QuestionnaireResponse: The form contains no template '#nowhere'\n");
    }

    @Test
    void a_template_of_a_bundle_that_is_none_is_an_issue_and_so_is_a_template_without_a_name() {
        var patient = new Patient();
        patient.setId("template");
        var form = form();
        form.addContained(patient);
        form.addExtension(Sdc.TEMPLATE_BUNDLE, new Reference("#template"));
        form.addExtension(new Extension(Sdc.TEMPLATE_EXTRACT));

        assertThat(said(extracted(form, response()).issues())).isEqualTo(
                "error QuestionnaireResponse: The template of templateExtractBundle is a Patient; right would be a Bundle\n"
                        + "error QuestionnaireResponse: No template is named; right would be a reference to a contained resource\n");
    }

    @Test
    void an_item_without_an_answer_makes_no_resource_and_the_root_always_does() {
        var form = template(new Basic());
        form.addItem().setLinkId("a").setType(QuestionnaireItemType.STRING).addExtension(extraction("#template"));
        var filled = response();
        filled.addItem(answer("a"));

        assertThat(extracted(form, filled).bundle().orElseThrow().getEntry()).hasSize(1);
    }

    @Test
    void an_id_makes_an_update() {
        var form = template(new Patient());
        form.getExtension().getFirst().addExtension("resourceId", new StringType("'p7'"));

        var request = extracted(form, response()).bundle().orElseThrow().getEntryFirstRep().getRequest();

        assertThat(request.getMethod()).isEqualTo(Bundle.HTTPVerb.PUT);
        assertThat(request.getUrl()).isEqualTo("Patient/p7");
    }

    @Test
    void a_form_may_be_one_bundle() {
        var bundle = new Bundle().setType(BundleType.COLLECTION);
        bundle.getIdentifier().setSystem("urn:ietf:rfc:3986").setValueElement(marked("'urn:' + %resource.id"));
        bundle.setId("template");
        var form = form();
        form.addContained(bundle);
        form.addExtension(Sdc.TEMPLATE_BUNDLE, new Reference("#template"));

        var made = extracted(form, response()).bundle().orElseThrow();

        assertThat(made.getType()).isEqualTo(BundleType.COLLECTION);
        assertThat(made.getIdentifier().getValue()).isEqualTo("urn:r1");
        assertThat(made.hasId()).isFalse();
    }

    @Test
    void each_entry_of_a_bundle_has_an_address_of_its_own_and_says_what_is_to_be_done() {
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.setId("template");
        var entry = bundle.addEntry().setFullUrl("urn:uuid:6f6177d2-13ee-4d27-b0e8-3eaf663dd032");
        entry.addExtension(Sdc.TEMPLATE_CONTEXT, new StringType("%resource.item.where(linkId = 'child').answer"));
        entry.setResource(new org.hl7.fhir.r4.model.Basic().setSubject(new Reference("Patient/4")));
        var form = form();
        form.addContained(bundle);
        form.addExtension(Sdc.TEMPLATE_BUNDLE, new Reference("#template"));
        form.addItem().setLinkId("child").setType(Questionnaire.QuestionnaireItemType.STRING).setRepeats(true);
        var filled = response();
        filled.addItem(Forms.answer("child", new StringType("Kari"), new StringType("Ola")));

        var entries = extracted(form, filled).bundle().orElseThrow().getEntry();

        assertThat(entries).hasSize(2).allSatisfy(one -> {
            assertThat(one.getRequest().getMethod()).isEqualTo(Bundle.HTTPVerb.POST);
            assertThat(one.getRequest().getUrl()).isEqualTo("Basic");
        });
        assertThat(entries.getFirst().getFullUrl()).isEqualTo("urn:uuid:6f6177d2-13ee-4d27-b0e8-3eaf663dd032");
        assertThat(entries.getLast().getFullUrl()).startsWith("urn:uuid:")
                .isNotEqualTo(entries.getFirst().getFullUrl());
    }

    private static StringType marked(String expression) {
        var place = new StringType();
        place.addExtension(Sdc.TEMPLATE_VALUE, new StringType(expression));
        return place;
    }

    private static Questionnaire template(org.hl7.fhir.r4.model.DomainResource template) {
        template.setId("template");
        var form = form();
        form.addContained(template);
        form.addExtension(extraction("#template"));
        return form;
    }

    private static Extension extraction(String template) {
        var extension = new Extension(Sdc.TEMPLATE_EXTRACT);
        extension.addExtension("template", new Reference(template));
        return extension;
    }
}

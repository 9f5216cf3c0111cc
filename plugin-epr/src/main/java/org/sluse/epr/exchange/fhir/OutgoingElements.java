// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange.fhir;

import java.util.Set;
import java.util.TreeSet;

/** The element paths that may leave, by category of data; the gate refuses any other, and a test fails when a mapper begins to write one. */
public final class OutgoingElements {

    /** Answers, score, times, and where they come from. */
    public static final Set<String> ASSESSMENT = Set.of(
            "QuestionnaireResponse.language", "QuestionnaireResponse.identifier.system",
            "QuestionnaireResponse.identifier.value",
            "QuestionnaireResponse.questionnaire", "QuestionnaireResponse.status", "QuestionnaireResponse.authored",
            "QuestionnaireResponse.item.linkId", "QuestionnaireResponse.item.text",
            "QuestionnaireResponse.item.extension.url",
            "QuestionnaireResponse.item.extension.valueCode", "QuestionnaireResponse.item.answer.valueCoding.system",
            "QuestionnaireResponse.item.answer.valueCoding.code",
            "QuestionnaireResponse.item.answer.valueCoding.display",
            "Observation.identifier.system", "Observation.identifier.value", "Observation.status",
            "Observation.category.coding.system",
            "Observation.category.coding.code", "Observation.code.coding.system", "Observation.code.coding.code",
            "Observation.code.coding.display",
            "Observation.effectiveDateTime", "Observation.valueQuantity.value", "Observation.valueQuantity.unit",
            "Observation.valueQuantity.system",
            "Observation.valueQuantity.code", "Observation.dataAbsentReason.coding.system",
            "Observation.dataAbsentReason.coding.code",
            "Observation.interpretation.coding.system", "Observation.interpretation.coding.code",
            "Observation.interpretation.text", "Observation.note.text",
            "Observation.derivedFrom.reference", "Provenance.meta.tag.system", "Provenance.meta.tag.code",
            "Provenance.target.reference",
            "Provenance.recorded", "Provenance.agent.type.coding.system", "Provenance.agent.type.coding.code",
            "Provenance.agent.who.identifier.system",
            "Provenance.agent.who.identifier.value", "Provenance.agent.who.display", "Provenance.entity.role",
            "Provenance.entity.what.reference");

    /** What answers to forms of the clinic's own may have besides, and what is made of them. An item below an item or an answer counts as an item. */
    public static final Set<String> FORM = forms();

    /** Whose they are: the reference to the record's Patient by the clinic's number. */
    public static final Set<String> IDENTITY = Set.of("QuestionnaireResponse.subject.reference",
            "QuestionnaireResponse.source.reference",
            "Observation.subject.reference", "Provenance.agent.who.reference");

    private OutgoingElements() {}

    private static Set<String> forms() {
        var value = Set.of("valueBoolean", "valueInteger", "valueDateTime", "valueTime", "valueString",
                "valueQuantity.value", "valueQuantity.comparator", "valueQuantity.unit", "valueQuantity.system",
                "valueQuantity.code");
        var all = new TreeSet<String>();
        value.forEach(one -> {
            all.add("QuestionnaireResponse.item.answer." + one);
            all.add("Observation." + one);
            all.add("Observation.component." + one);
        });
        Set.of("valueDecimal", "valueDate", "valueUri", "valueCoding.version", "valueAttachment.title",
                "valueAttachment.contentType", "valueAttachment.size", "valueAttachment.data",
                "valueReference.reference", "valueReference.type", "valueReference.display")
                .forEach(one -> all.add("QuestionnaireResponse.item.answer." + one));
        Set.of("code", "valueCodeableConcept", "category").forEach(concept -> {
            Set.of("coding.system", "coding.version", "coding.code", "coding.display", "text")
                    .forEach(part -> all.add("Observation." + concept + "." + part));
        });
        Set.of("code", "valueCodeableConcept").forEach(concept -> {
            Set.of("coding.system", "coding.version", "coding.code", "coding.display", "text")
                    .forEach(part -> all.add("Observation.component." + concept + "." + part));
        });
        all.add("Observation.issued");
        all.add("Observation.hasMember.reference");
        return Set.copyOf(all);
    }
}

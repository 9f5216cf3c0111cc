// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.sluse.epr.assessment.Answer;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.Instrument;

/**
 * A completed assessment to QuestionnaireResponse.
 *
 * <pre>
 * id                    identifier (UUID version 5 of it, as a URI)
 * instrument            questionnaire (canonical with version)
 * language              language, and the language of item.text
 * COMPLETED             status = completed
 * completedAt           authored
 * patient               subject, source
 * answers, Chosen       item.answer.valueCoding
 * answers, Declined     item without answer, data-absent-reason = asked-declined
 * </pre>
 */
public final class QuestionnaireResponseMapper {

    /** Name of this resource among those of an assessment. */
    public static final String NAME = "QuestionnaireResponse";

    /** @throws IllegalArgumentException the assessment is not completed */
    public QuestionnaireResponse toFhir(Assessment assessment, Reference patient) {
        var response = new QuestionnaireResponse();
        response.setLanguage(assessment.language());
        response.setIdentifier(identifier(assessment))
                .setQuestionnaire(QuestionnaireMapper.canonical(assessment.instrument()))
                .setStatus(QuestionnaireResponseStatus.COMPLETED)
                .setSubject(patient)
                .setSource(patient.copy())
                .setAuthoredElement(completedAt(assessment));
        assessment.instrument().items().forEach(item -> response.addItem(item(assessment, item)));
        return response;
    }

    static Identifier identifier(Assessment assessment) {
        return new Identifier().setSystem(FhirCodes.URI).setValue(NamedIds.urn(assessment.id(), NAME));
    }

    /** In UTC, to the second, so that the same assessment gives the same text everywhere. */
    static DateTimeType completedAt(Assessment assessment) {
        var at = assessment.completedAt()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Assessment '" + assessment.id() + "' is not completed; only completed ones are mapped"));
        var time = new DateTimeType(Date.from(at));
        inUtc(time);
        return time;
    }

    private static void inUtc(BaseDateTimeType time) {
        time.setTimeZone(TimeZone.getTimeZone("UTC"));
    }

    private static QuestionnaireResponseItemComponent item(Assessment assessment, Instrument.Item item) {
        var mapped = new QuestionnaireResponseItemComponent().setLinkId(item.linkId())
                .setText(item.text().get(assessment.language()));
        if (assessment.answer(item.linkId()).orElseThrow() instanceof Answer.Chosen chosen) {
            var choice = item.choice(chosen.code()).orElseThrow();
            mapped.addAnswer()
                    .setValue(QuestionnaireMapper.coding(choice.code()).setDisplay(display(choice, assessment)));
        } else {
            mapped.addExtension(FhirCodes.DATA_ABSENT_REASON_EXTENSION, new CodeType(FhirCodes.ASKED_DECLINED));
        }
        return mapped;
    }

    /** As the code system has it, in English; the clinic's own words where only those are known. */
    private static String display(Instrument.Choice choice, Assessment assessment) {
        return Optional.ofNullable(choice.text().get("en"))
                .orElseGet(() -> choice.text().getOrDefault(assessment.language(), ""));
    }
}

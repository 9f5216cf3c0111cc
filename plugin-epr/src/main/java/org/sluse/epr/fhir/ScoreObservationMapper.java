// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.AssessmentScore;
import org.sluse.epr.assessment.Instrument;

/**
 * The total of a completed assessment to Observation.
 *
 * <pre>
 * id               identifier (UUID version 5 of it, as a URI)
 * total            code; category = survey
 * completedAt      effectiveDateTime
 * score            valueQuantity in {score}; without one dataAbsentReason = asked-declined
 * declined         note, where the mean of the others stands for declined items
 * band             interpretation
 * response         derivedFrom
 * </pre>
 */
public final class ScoreObservationMapper {

    /** Name of this resource among those of an assessment. */
    public static final String NAME = "Observation";

    /** @throws IllegalArgumentException the assessment is not completed */
    public Observation toFhir(Assessment assessment, Reference patient, Reference response) {
        var observation = new Observation().setStatus(ObservationStatus.FINAL)
                .setCode(code(assessment.instrument()))
                .setSubject(patient)
                .setEffective(QuestionnaireResponseMapper.completedAt(assessment))
                .addDerivedFrom(response);
        observation.addIdentifier(identifier(assessment));
        observation.addCategory().addCoding().setSystem(FhirCodes.OBSERVATION_CATEGORY).setCode(FhirCodes.SURVEY);
        assessment.score()
                .ifPresentOrElse(score -> write(observation, assessment.instrument(), score),
                        () -> observation.setDataAbsentReason(
                                new CodeableConcept(new Coding().setSystem(FhirCodes.DATA_ABSENT_REASON)
                                        .setCode(FhirCodes.ASKED_DECLINED))));
        return observation;
    }

    private static void write(Observation observation, Instrument instrument, AssessmentScore score) {
        observation.setValue(points(score));
        score.band().ifPresent(band -> observation.addInterpretation(interpretation(band)));
        if (score.declined() > 0) {
            observation.addNote()
                    .setText("Prorated: " + score.declined() + " of " + instrument.items().size()
                            + " items declined, the mean of the others stands for each");
        }
    }

    static Identifier identifier(Assessment assessment) {
        return new Identifier().setSystem(FhirCodes.URI).setValue(NamedIds.urn(assessment.id(), NAME));
    }

    private static CodeableConcept code(Instrument instrument) {
        return new CodeableConcept(QuestionnaireMapper.coding(instrument.total()));
    }

    private static Quantity points(AssessmentScore score) {
        return new Quantity().setValue(score.total())
                .setUnit(FhirCodes.SCORE_UNIT)
                .setSystem(FhirCodes.UCUM)
                .setCode(FhirCodes.SCORE_UNIT);
    }

    private static CodeableConcept interpretation(Instrument.Band band) {
        var interpretation = new CodeableConcept().setText(band.english());
        band.code().ifPresent(code -> interpretation.addCoding(QuestionnaireMapper.coding(code)));
        return interpretation;
    }
}

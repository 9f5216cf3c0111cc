// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.sluse.epr.assessment.Assessment;

/** Completed assessments as FHIR resources in JSON, for the patient. */
public final class AssessmentResources {

    private final QuestionnaireResponseMapper responses = new QuestionnaireResponseMapper();
    private final FormResponseMapper forms = new FormResponseMapper();
    private final ScoreObservationMapper scores = new ScoreObservationMapper();

    /**
     * Response and score.
     *
     * @param assessment completed
     * @param system URI under which the record knows the clinic's numbers
     * @param number the patient's
     */
    public List<String> of(Assessment assessment, String system, String number) {
        var patient = patient(system, number);
        var response = responses.toFhir(assessment, patient);
        response.setId(assessment.id().toString());
        return Stream
                .<Resource>of(response,
                        scores.toFhir(assessment, patient, new Reference("QuestionnaireResponse/" + assessment.id())))
                .map(FhirContext.forR4Cached().newJsonParser()::encodeResourceToString)
                .toList();
    }

    /**
     * What was answered to a form of the clinic's own.
     *
     * @param assessment its id
     * @param form address with version
     * @param response what was sent
     */
    public String of(UUID assessment, String form, String response, String system, String number) {
        var mapped = forms.toFhir(assessment, form, response, patient(system, number));
        mapped.setId(assessment.toString());
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(mapped);
    }

    private static Reference patient(String system, String number) {
        return new Reference().setIdentifier(new Identifier().setSystem(system).setValue(number));
    }
}

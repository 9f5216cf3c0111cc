// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;

/**
 * What was answered to a form of the clinic's own to QuestionnaireResponse.
 *
 * <pre>
 * id           identifier (UUID version 5 of it, as a URI)
 * form         questionnaire (canonical with version)
 * response     language, status, authored, item: as they are
 * patient      subject, source
 * </pre>
 */
public final class FormResponseMapper {

    /**
     * @param assessment its id
     * @param form address with version
     * @param response what was sent, that names nobody
     */
    public QuestionnaireResponse toFhir(UUID assessment, String form, String response, Reference patient) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(QuestionnaireResponse.class, response)
                .setIdentifier(identifier(assessment))
                .setQuestionnaire(form)
                .setSubject(patient)
                .setSource(patient.copy());
    }

    static Identifier identifier(UUID assessment) {
        return new Identifier().setSystem(FhirCodes.URI)
                .setValue(NamedIds.urn(assessment, QuestionnaireResponseMapper.NAME));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import org.hl7.fhir.r4.model.Questionnaire;
import org.sluse.epr.assessment.Instruments;
import org.sluse.epr.fhir.QuestionnaireMapper;

/** The forms that this server has, for operations that name one. */
final class Catalogue {

    private final QuestionnaireMapper mapper = new QuestionnaireMapper();

    /**
     * A form by its address, with its version or without.
     *
     * @param parameter where the form itself could have been sent
     * @throws UnprocessableEntityException there is none
     */
    Questionnaire form(String canonical, String parameter) {
        return Instruments.ALL.stream()
                .map(mapper::toFhir)
                .filter(form -> (form.getUrl() + "|" + form.getVersion()).equals(canonical)
                        || form.getUrl().equals(canonical))
                .findFirst()
                .orElseThrow(() -> new UnprocessableEntityException("The form '" + canonical
                        + "' is not in the catalogue; right would be to send it as '" + parameter + "'"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Questionnaire;
import org.sluse.epr.assessment.Instruments;
import org.sluse.epr.fhir.QuestionnaireMapper;
import org.sluse.epr.form.Form;
import org.sluse.epr.form.Forms;

/** The forms that this server has, for operations that name one. */
final class Catalogue {

    private final QuestionnaireMapper mapper = new QuestionnaireMapper();
    private final Forms forms;

    Catalogue(Forms forms) {
        this.forms = forms;
    }

    /** Instruments, then each version of the clinic's own forms, the newest first. */
    Stream<Questionnaire> all() {
        return Stream.concat(Instruments.ALL.stream().map(mapper::toFhir), forms.all().stream().map(Catalogue::own));
    }

    /** Of an instrument by its id, or of a form. Not found: a problem. */
    Questionnaire get(String id) {
        return Instruments.find(id).map(mapper::toFhir).orElseGet(() -> own(forms.get(id)));
    }

    private static Questionnaire own(Form form) {
        var questionnaire = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Questionnaire.class, form.content());
        questionnaire.setId(form.id().toString());
        return questionnaire;
    }

    /**
     * A form by its address, with its version or without.
     *
     * @param parameter where the form itself could have been sent
     * @throws UnprocessableEntityException there is none
     */
    Questionnaire form(String canonical, String parameter) {
        return all().filter(form -> (form.getUrl() + "|" + form.getVersion()).equals(canonical)
                || form.getUrl().equals(canonical))
                .findFirst()
                .orElseThrow(() -> new UnprocessableEntityException("The form '" + canonical
                        + "' is not in the catalogue; right would be to send it as '" + parameter + "'"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** Forms and responses to try the engine with. */
final class Forms {

    static final FhirContext FHIR = FhirContext.forR4Cached();

    private Forms() {}

    static Extraction.Result extracted(Questionnaire form, QuestionnaireResponse response) {
        return new Extraction(FHIR).extract(form, response);
    }

    static Questionnaire form() {
        return new Questionnaire().setUrl("https://clinic.example/form");
    }

    /** A completed response of nobody in particular. */
    static QuestionnaireResponse response() {
        var response = new QuestionnaireResponse().setStatus(QuestionnaireResponseStatus.COMPLETED);
        response.setId("r1");
        return response;
    }

    static QuestionnaireItemComponent item(String linkId, QuestionnaireItemType type, String code) {
        var item = new QuestionnaireItemComponent().setLinkId(linkId).setType(type);
        item.addCode(new Coding("http://loinc.org", code, null));
        return item;
    }

    static QuestionnaireResponseItemComponent answer(String linkId, Type... values) {
        var item = new QuestionnaireResponseItemComponent().setLinkId(linkId);
        for (var value : values) {
            item.addAnswer().setValue(value);
        }
        return item;
    }

    static <T extends Element> T marked(T element, boolean yes) {
        element.addExtension(Sdc.OBSERVATION_EXTRACT, new BooleanType(yes));
        return element;
    }

    static <T extends Element> T marked(T element, String relationship) {
        element.addExtension(Sdc.OBSERVATION_EXTRACT, new CodeType(relationship));
        return element;
    }

    static String said(OperationOutcome issues) {
        return issues.getIssue()
                .stream()
                .map(issue -> issue.getSeverity().toCode() + " " + issue.getExpression().getFirst() + ": "
                        + issue.getDiagnostics())
                .reduce("", (all, one) -> all + one + "\n");
    }

    static <T extends Resource> T read(Class<T> type, String name) {
        return new FormReader(FHIR).read(type, text(name));
    }

    static String text(String name) {
        try (var file = Forms.class.getResourceAsStream("/sdc/" + name)) {
            if (file == null) {
                throw new IllegalArgumentException("There is no " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As the golden files are written. */
    static String written(Resource resource) {
        return FHIR.newJsonParser().setPrettyPrint(true).encodeResourceToString(resource) + "\n";
    }
}

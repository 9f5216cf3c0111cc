// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.epr.assessment.Instruments;
import org.sluse.epr.fhir.QuestionnaireMapper;
import org.sluse.epr.sdc.Extraction;
import org.sluse.epr.sdc.FormReader;

/**
 * {@code $extract} of SDC 4.0 (OperationDefinition QuestionnaireResponse-extract), for a completed assessment and for a response that is sent. Public, since HAPI calls its methods by reflection.
 */
public final class ExtractOperation implements IResourceProvider {

    private static final String RESPONSE = "questionnaire-response";
    private static final String FORM = "questionnaire";

    private final QuestionnaireResponseProvider responses;
    private final TenantDatabase database;
    private final QuestionnaireMapper forms = new QuestionnaireMapper();
    private final Extraction extraction;
    private final FormReader reader;

    ExtractOperation(FhirContext fhir, QuestionnaireResponseProvider responses, TenantDatabase database) {
        this.responses = responses;
        this.database = database;
        this.extraction = new Extraction(fhir);
        this.reader = new FormReader(fhir);
    }

    @Override
    public Class<QuestionnaireResponse> getResourceType() {
        return QuestionnaireResponse.class;
    }

    /** Of a completed assessment, with the form of its instrument. */
    @Operation(name = "$extract", idempotent = true)
    public Parameters extractOne(@IdParam IdType id) {
        var response = responses.read(id);
        return answer(extraction.extract(form(response), response));
    }

    /** Of a response that is sent as parameters, with its form, or of one that the catalogue has. Nothing of it is kept. */
    @Operation(name = "$extract", manualRequest = true)
    public Parameters extract(RequestDetails request) {
        var sent = read(request);
        var response = parameter(sent, RESPONSE, QuestionnaireResponse.class)
                .orElseThrow(() -> new InvalidRequestException("The parameter '" + RESPONSE
                        + "' is missing; right would be a QuestionnaireResponse, and its form as '" + FORM + "'"));
        var form = parameter(sent, FORM, Questionnaire.class).orElseGet(() -> form(response));
        var answer = answer(extraction.extract(form, response));
        // What is sent is somebody's, though nobody here knows whose: no answer without an entry.
        return database.inTransaction(AuditEntry.list("QuestionnaireResponse"), any -> answer);
    }

    private Parameters read(RequestDetails request) {
        try {
            return reader.read(Parameters.class, new String(request.loadRequestContents(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidRequestException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static <T> Optional<T> parameter(Parameters sent, String name, Class<T> type) {
        return sent.getParameter()
                .stream()
                .filter(one -> one.getName().equals(name))
                .map(Parameters.ParametersParameterComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private Questionnaire form(QuestionnaireResponse response) {
        return Instruments.ALL.stream()
                .map(forms::toFhir)
                .filter(form -> (form.getUrl() + "|" + form.getVersion()).equals(response.getQuestionnaire())
                        || form.getUrl().equals(response.getQuestionnaire()))
                .findFirst()
                .orElseThrow(() -> new UnprocessableEntityException("The form '" + response.getQuestionnaire()
                        + "' is not in the catalogue; right would be to send it as '" + FORM + "'"));
    }

    private static Parameters answer(Extraction.Result result) {
        var parameters = new Parameters();
        result.bundle().ifPresent(bundle -> parameters.addParameter().setName("return").setResource(bundle));
        if (result.issues().hasIssue()) {
            parameters.addParameter().setName("issues").setResource(result.issues());
        }
        return parameters;
    }
}

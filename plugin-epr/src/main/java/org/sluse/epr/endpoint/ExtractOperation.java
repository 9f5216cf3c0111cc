// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
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
    private final Catalogue catalogue;
    private final Extraction extraction;
    private final FormReader reader;

    ExtractOperation(FhirContext fhir, QuestionnaireResponseProvider responses, Catalogue catalogue,
            TenantDatabase database) {
        this.catalogue = catalogue;
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
        var sent = SentParameters.read(reader, request);
        var response = sent.resource(RESPONSE, QuestionnaireResponse.class)
                .orElseThrow(() -> new InvalidRequestException("The parameter '" + RESPONSE
                        + "' is missing; right would be a QuestionnaireResponse, and its form as '" + FORM + "'"));
        var form = sent.resource(FORM, Questionnaire.class).orElseGet(() -> form(response));
        var answer = answer(extraction.extract(form, response));
        // What is sent is somebody's, though nobody here knows whose: no answer without an entry.
        return database.inTransaction(AuditEntry.list("QuestionnaireResponse"), any -> answer);
    }

    private Questionnaire form(QuestionnaireResponse response) {
        return catalogue.form(String.valueOf(response.getQuestionnaire()), FORM);
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

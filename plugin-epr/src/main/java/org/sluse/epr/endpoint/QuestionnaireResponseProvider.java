// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.RequiredParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.sluse.epr.assessment.Assessments.Result;
import org.sluse.epr.fhir.QuestionnaireResponseMapper;

/** Responses; the id is the assessment's. Public, since HAPI calls its methods by reflection. */
public final class QuestionnaireResponseProvider implements IResourceProvider {

    private final CompletedAssessments completed;
    private final QuestionnaireResponseMapper mapper = new QuestionnaireResponseMapper();

    QuestionnaireResponseProvider(CompletedAssessments completed) {
        this.completed = completed;
    }

    @Override
    public Class<QuestionnaireResponse> getResourceType() {
        return QuestionnaireResponse.class;
    }

    @Read
    public QuestionnaireResponse read(@IdParam IdType id) {
        return map(completed.get(id.getIdPart()));
    }

    @Search
    public List<QuestionnaireResponse> search(
            @RequiredParam(name = QuestionnaireResponse.SP_PATIENT) ReferenceParam patient) {
        return completed.of(patient).stream().map(this::map).toList();
    }

    private QuestionnaireResponse map(Result result) {
        var response = mapper.toFhir(result.assessment(), completed.reference(result));
        response.setId(result.assessment().id().toString());
        return response;
    }
}

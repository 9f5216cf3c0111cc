// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.RequiredParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.sluse.epr.assessment.Assessment.State;
import org.sluse.epr.assessment.Assessments.Result;
import org.sluse.epr.fhir.FormResponseMapper;
import org.sluse.epr.fhir.QuestionnaireResponseMapper;
import org.sluse.epr.form.FormAssessments;
import org.sluse.epr.form.FormAssessments.Answered;
import org.sluse.problem.ProblemException;

/** Responses; the id is the assessment's. Public, since HAPI calls its methods by reflection. */
public final class QuestionnaireResponseProvider implements IResourceProvider {

    private final CompletedAssessments completed;
    private final FormAssessments forms;
    private final QuestionnaireResponseMapper mapper = new QuestionnaireResponseMapper();
    private final FormResponseMapper formMapper = new FormResponseMapper();

    QuestionnaireResponseProvider(CompletedAssessments completed, FormAssessments forms) {
        this.completed = completed;
        this.forms = forms;
    }

    @Override
    public Class<QuestionnaireResponse> getResourceType() {
        return QuestionnaireResponse.class;
    }

    @Read
    public QuestionnaireResponse read(@IdParam IdType id) {
        return forms.has(id.getIdPart()) ? map(forms.get(id.getIdPart())) : map(completed.get(id.getIdPart()));
    }

    @Search
    public List<QuestionnaireResponse> search(
            @RequiredParam(name = QuestionnaireResponse.SP_PATIENT) ReferenceParam patient) {
        var own = forms.ofPatient(patient.getIdPart())
                .stream()
                .filter(one -> one.assessment().state() == State.COMPLETED)
                .map(one -> map(forms.get(one.assessment().id().toString())));
        return Stream.concat(completed.of(patient).stream().map(this::map), own).toList();
    }

    private QuestionnaireResponse map(Answered answered) {
        var one = answered.result().assessment();
        if (one.state() != State.COMPLETED) {
            throw ProblemException.notFound();
        }
        var response = formMapper.toFhir(one.id(), one.form().canonical(), answered.response(),
                completed.reference(answered.result().patient()));
        response.setId(one.id().toString());
        return response;
    }

    private QuestionnaireResponse map(Result result) {
        var response = mapper.toFhir(result.assessment(), completed.reference(result.patient()));
        response.setId(result.assessment().id().toString());
        return response;
    }
}

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
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.sluse.epr.assessment.Assessments.Result;
import org.sluse.epr.fhir.ScoreObservationMapper;

/** Scores; the id is the assessment's. Public, since HAPI calls its methods by reflection. */
public final class ObservationProvider implements IResourceProvider {

    private final CompletedAssessments completed;
    private final ScoreObservationMapper mapper = new ScoreObservationMapper();

    ObservationProvider(CompletedAssessments completed) {
        this.completed = completed;
    }

    @Override
    public Class<Observation> getResourceType() {
        return Observation.class;
    }

    @Read
    public Observation read(@IdParam IdType id) {
        return map(completed.get(id.getIdPart()));
    }

    @Search
    public List<Observation> search(@RequiredParam(name = Observation.SP_PATIENT) ReferenceParam patient) {
        return completed.of(patient).stream().map(this::map).toList();
    }

    private Observation map(Result result) {
        var id = result.assessment().id().toString();
        var observation = mapper.toFhir(result.assessment(), completed.reference(result.patient()),
                new Reference("QuestionnaireResponse/" + id));
        observation.setId(id);
        return observation;
    }
}

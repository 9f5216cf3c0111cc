// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.jspecify.annotations.Nullable;
import org.sluse.epr.assessment.Instruments;
import org.sluse.epr.fhir.QuestionnaireMapper;
import org.sluse.problem.ProblemException;

/** The catalogue of instruments. Public, since HAPI calls its methods by reflection. */
public final class QuestionnaireProvider implements IResourceProvider {

    private final QuestionnaireMapper mapper = new QuestionnaireMapper();

    @Override
    public Class<Questionnaire> getResourceType() {
        return Questionnaire.class;
    }

    @Read
    public Questionnaire read(@IdParam IdType id) {
        return Instruments.find(id.getIdPart()).map(mapper::toFhir).orElseThrow(ProblemException::notFound);
    }

    @Search
    public List<Questionnaire> search(@OptionalParam(name = Questionnaire.SP_URL) @Nullable UriParam url) {
        return Instruments.ALL.stream()
                .map(mapper::toFhir)
                .filter(one -> url == null || one.getUrl().equals(url.getValue()))
                .toList();
    }
}

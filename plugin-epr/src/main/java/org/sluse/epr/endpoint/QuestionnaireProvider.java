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

/** The catalogue of instruments, and the clinic's own forms. Public, since HAPI calls its methods by reflection. */
public final class QuestionnaireProvider implements IResourceProvider {

    private final Catalogue catalogue;

    QuestionnaireProvider(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Class<Questionnaire> getResourceType() {
        return Questionnaire.class;
    }

    @Read
    public Questionnaire read(@IdParam IdType id) {
        return catalogue.get(id.getIdPart());
    }

    @Search
    public List<Questionnaire> search(@OptionalParam(name = Questionnaire.SP_URL) @Nullable UriParam url) {
        return catalogue.all().filter(one -> url == null || one.getUrl().equals(url.getValue())).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.Servlet;
import java.util.List;
import org.sluse.epr.assessment.Assessments;
import org.sluse.fhir.FhirEndpoint;
import org.sluse.settings.Settings;
import org.sluse.epr.EprSettings;

/** {@code /fhir/{tenant}}: read and search for practitioners who are signed in. */
@Dependent
public final class EprFhirEndpoint implements FhirEndpoint {

    private final CompletedAssessments completed;

    @Inject
    EprFhirEndpoint(Assessments assessments, Settings<EprSettings> settings) {
        this.completed = new CompletedAssessments(assessments, settings);
    }

    @Override
    public String name() {
        return "fhir";
    }

    @Override
    public Access access() {
        return Access.PRACTITIONER;
    }

    @Override
    public Servlet servlet() {
        var server = new RestfulServer(FhirContext.forR4Cached());
        server.setServerName("Sluse");
        server.setServerVersion("R4");
        server.setImplementationDescription("Assessments of a clinic");
        server.setResourceProviders(List.of(new QuestionnaireProvider(), new QuestionnaireResponseProvider(completed),
                new ObservationProvider(completed)));
        server.registerInterceptor(new ProblemOutcomes());
        return server;
    }
}

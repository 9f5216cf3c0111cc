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
import org.sluse.data.TenantDatabase;
import org.sluse.epr.EprSettings;

/** {@code /fhir/{tenant}}: read and search for practitioners who are signed in. */
@Dependent
public final class EprFhirEndpoint implements FhirEndpoint {

    private final CompletedAssessments completed;
    private final TenantDatabase database;

    @Inject
    EprFhirEndpoint(Assessments assessments, Settings<EprSettings> settings, TenantDatabase database) {
        this.database = database;
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
        var fhir = FhirContext.forR4Cached();
        var server = new RestfulServer(fhir);
        var responses = new QuestionnaireResponseProvider(completed);
        server.setServerName("Sluse");
        server.setServerVersion("R4");
        server.setImplementationDescription("Assessments of a clinic");
        server.setResourceProviders(List.of(new QuestionnaireProvider(), responses,
                new ExtractOperation(fhir, responses, database), new ObservationProvider(completed)));
        server.registerInterceptor(new ProblemOutcomes());
        return server;
    }
}

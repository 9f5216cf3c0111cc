// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.Servlet;
import java.time.Clock;
import java.util.List;
import org.sluse.epr.assessment.Assessments;
import org.sluse.epr.form.FormAssessments;
import org.sluse.epr.form.Forms;
import org.sluse.fhir.FhirEndpoint;
import org.sluse.settings.Settings;
import org.sluse.data.TenantDatabase;
import org.sluse.epr.EprSettings;

/** {@code /fhir/{tenant}}: read, search, {@code $extract} and {@code $populate} for practitioners who are signed in. */
@Dependent
public final class EprFhirEndpoint implements FhirEndpoint {

    private final CompletedAssessments completed;
    private final Forms forms;
    private final FormAssessments answered;
    private final TenantDatabase database;
    private final Clock clock;

    @Inject
    EprFhirEndpoint(Assessments assessments, Forms forms, FormAssessments answered, Settings<EprSettings> settings,
            TenantDatabase database, Clock clock) {
        this.forms = forms;
        this.answered = answered;
        this.database = database;
        this.clock = clock;
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
        var responses = new QuestionnaireResponseProvider(completed, answered);
        server.setServerName("Sluse");
        server.setServerVersion("R4");
        server.setImplementationDescription("Assessments of a clinic");
        var catalogue = new Catalogue(forms);
        var questionnaires = new QuestionnaireProvider(catalogue);
        var observations = new ObservationProvider(completed);
        server.setResourceProviders(List.of(questionnaires, responses, observations,
                new ExtractOperation(fhir, responses, catalogue, database),
                new PopulateOperation(fhir, questionnaires, observations, catalogue, database, clock)));
        server.registerInterceptor(new ProblemOutcomes());
        return server;
    }
}

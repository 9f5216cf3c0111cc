// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.Servlet;
import java.util.List;
import org.sluse.epr.EprSettings;
import org.sluse.epr.endpoint.ProblemOutcomes;
import org.sluse.fhir.FhirEndpoint;
import org.sluse.settings.Settings;

/** {@code /sandbox/{tenant}}: opened by the bearer of the settings. */
@Dependent
public final class SandboxEndpoint implements FhirEndpoint {

    private final SandboxRecord record;
    private final Misbehaviour misbehaviour;
    private final Settings<EprSettings> settings;

    @Inject
    SandboxEndpoint(SandboxRecord record, Misbehaviour misbehaviour, Settings<EprSettings> settings) {
        this.record = record;
        this.misbehaviour = misbehaviour;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Access access() {
        return Access.OWN;
    }

    @Override
    public Servlet servlet() {
        var server = new RestfulServer(record.context());
        server.setServerName("Sandbox EPR");
        server.setServerVersion("R4");
        server.setImplementationDescription("A patient record to try with");
        server.setResourceProviders(SandboxRecord.TYPES.stream()
                .<IResourceProvider>map(type -> new SandboxProvider(record, type))
                .toList());
        server.setPlainProviders(List.of(new TransactionProvider(record)));
        server.registerInterceptor(new ProblemOutcomes());
        server.registerInterceptor(new SandboxGuard(settings, misbehaviour));
        return server;
    }
}

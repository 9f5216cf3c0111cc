// SPDX-License-Identifier: Apache-2.0
package org.sluse.it.inside;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Toggles;
import org.sluse.host.tenant.Tenants;
import org.sluse.tenant.Tenant;

/**
 * The clinic of the tests that run inside. Its id is the name under which the application is deployed: to the host's filter, the servlet of Arquillian
 * is then a page of that clinic, and every other address is unknown, as for anybody.
 */
@OnePerNode
public final class InsideClinic {

    private static final int AFTER_THE_HOST_HAS_STARTED = 5000;

    private final Tenants tenants;
    private final Toggles toggles;

    @Inject
    InsideClinic(Tenants tenants, Toggles toggles) {
        this.tenants = tenants;
        this.toggles = toggles;
    }

    void open(@Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_HOST_HAS_STARTED) Object started) {
        // One server runs every class of tests: the next one finds the clinic of the one before.
        if (tenants.all().isEmpty()) {
            tenants.create("Inside");
            toggles.touch();
        }
    }

    /** The clinic; no module is on. */
    public Tenant tenant() {
        return tenants.all().getFirst();
    }
}

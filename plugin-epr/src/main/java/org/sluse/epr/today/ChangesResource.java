// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.today;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.epr.patient.PatientChanges;
import org.sluse.plugin.OfPlugin;

/** {@code /api/{tenant}/epr/changes}: what open pages ask every few seconds. It reads nobody's data, so nothing of it is in the audit trail. */
@Path("/{tenant}/epr/changes")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
public class ChangesResource {

    @Inject
    PatientChanges changes;

    @GET
    public PatientChanges.Numbers show() {
        return changes.now();
    }
}

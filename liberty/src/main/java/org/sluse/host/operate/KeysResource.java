// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.backup.Backups;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.tenant.Binding;

/** {@code /api/operate/tenants/{id}/keys}: what the operator does with a clinic's keys. */
@Path("/operate/tenants/{id}/keys")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {

    @Inject
    TenantDatabases databases;
    @Inject
    Backups backups;
    @Inject
    ControlDatabase control;
    @Inject
    AtClinic atClinic;
    @Inject
    Binding binding;

    /** @param persons whose keys were wrapped anew */
    record Rotated(long persons) {}

    /** Answers when nothing is under the old key any more, in a minute for a million persons. Asking again after an answer that did not come goes on with it. */
    @POST
    @Path("/rotation")
    public Rotated rotate(@PathParam("id") String id) {
        return atClinic.call(id, () -> {
            var tenant = binding.tenant().id();
            // Said before: whoever stops it in the middle has begun it.
            control.record(Act.of("CHANGE", "ClinicKey", tenant.value()).toldTo(tenant));
            var persons = databases.rotate(tenant);
            backups.keysChanged(tenant);
            return new Rotated(persons);
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.backup.Moves;
import org.sluse.host.paper.PaperViews;
import org.sluse.host.tenant.Binding;

/** {@code /api/operate/tenants/{id}/move}: brings a clinic to another location. */
@Path("/operate/tenants")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class MovesResource {

    @Inject
    Moves moves;
    @Inject
    AtClinic atClinic;
    @Inject
    Binding binding;

    /**
     * Where to.
     *
     * @param policy what the clinic has in writing of that place, where it needs that
     * @param dryRun changes nothing
     */
    record MoveClinic(String location, Optional<PaperViews.FilePolicy> policy, boolean dryRun) {}

    /** Answers when the clinic is there, or was not moved. */
    @POST
    @Path("/{id}/move")
    public Moves.Move move(@PathParam("id") String id, MoveClinic wanted) {
        return atClinic.call(id, () -> {
            var clinic = binding.tenant().id();
            var policy = wanted.policy().map(PaperViews.FilePolicy::terms);
            return wanted.dryRun()
                    ? moves.plan(clinic, wanted.location(), policy)
                    : moves.move(clinic, wanted.location(), policy);
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;

/** {@code /api/{tenant}/core/leave}: an administrator wants the clinic to leave, or no more. The operator carries it out. */
@Path("/{tenant}/core/leave")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class LeaveResource {

    @Inject
    LeaveRequests requests;

    /** @param name the clinic's, in full */
    record Leave(String name) {}

    /** How it stands. */
    @GET
    public LeaveRequests.StandingView show() {
        return requests.standing();
    }

    /** Asks the operator to destroy everything. Until that is done it can be taken back. */
    @POST
    public LeaveRequests.StandingView ask(Leave wish) {
        requests.ask(wish.name());
        return requests.standing();
    }

    /** Takes it back. */
    @DELETE
    public void withdraw() {
        requests.withdraw();
    }
}

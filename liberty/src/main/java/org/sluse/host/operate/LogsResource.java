// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.log.Logs;
import org.sluse.host.written.LogId;

/** {@code /api/operate/logs}: how the installation's logs stand, and the operator's own with its proof. */
@Path("/operate/logs")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class LogsResource {

    @Inject
    Logs logs;
    @Inject
    ControlDatabase control;

    @GET
    public Logs.All all() {
        return logs.all();
    }

    /** For {@code sluse verify-log}. */
    @GET
    @Path("/proof")
    @Produces("application/jsonl")
    public Response proof() {
        control.record(Act.of("READ", "LogProof", "operator"));
        return Response.ok(logs.proof(LogId.OPERATOR)).build();
    }

    /** Takes responsibility for the operator's log when it is not what its witness knows. */
    @POST
    @Path("/acknowledgement")
    public Response acknowledge(AcknowledgeLog wish) {
        logs.acknowledge(LogId.OPERATOR, wish.why());
        return Response.noContent().build();
    }
}

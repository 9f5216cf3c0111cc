// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;

/** {@code POST /api/operate/sign-in} and {@code sign-out}: a session of the operator begins with a one-time code, and ends. */
@Path("/operate")
@RequestScoped
@AllowedTo(Role.ANYONE)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OperatorSessionResource {

    @Inject
    OperatorSessions sessions;

    /** @param code from the link */
    record SignIn(String code) {}

    @POST
    @Path("/sign-in")
    public Response begin(SignIn wanted) {
        return Response.noContent().header("Set-Cookie", sessions.begin(wanted.code())).build();
    }

    /** Ends the caller's own session; who has none has nothing to end. */
    @POST
    @Path("/sign-out")
    public Response end(@HeaderParam("Cookie") @DefaultValue("") String cookies) {
        return Response.noContent().header("Set-Cookie", sessions.end(cookies)).build();
    }
}

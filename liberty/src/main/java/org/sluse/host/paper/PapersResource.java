// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;

/** {@code /api/{tenant}/core/papers}. */
@Path("/{tenant}/core/papers")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PapersResource {

    @Inject
    Papers papers;

    @GET
    public PaperViews.OverviewView list() {
        return PaperViews.of(papers.overview());
    }

    @POST
    public Response add(PaperViews.FilePaper paper) {
        return Response.status(201).entity(PaperViews.of(papers.add(paper.paper()))).build();
    }

    /** Ends a paper; what may not be on without it is off when the answer comes. */
    @POST
    @Path("/{id}/end")
    public void end(@PathParam("id") UUID id) {
        papers.end(id);
    }
}

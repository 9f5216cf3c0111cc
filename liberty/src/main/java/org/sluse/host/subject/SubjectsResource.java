// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** {@code /api/{tenant}/core/subjects}: the rights of one person. */
@Path("/{tenant}/core/subjects")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SubjectsResource {

    @Inject
    SubjectAnswers answers;

    /** Everything that is kept about a person, as a file. */
    @POST
    @Path("/export")
    public Response export(SubjectAnswers.Wanted wanted) {
        return answers.export(wanted);
    }

    /** Says what would be erased, asks for it, or confirms what another administrator, or the operator, has asked for. */
    @POST
    @Path("/erasure")
    public Subjects.Erasure erase(SubjectAnswers.Unwanted unwanted) {
        return answers.erase(unwanted);
    }

    /** What waits for a second person. */
    @GET
    @Path("/erasure-requests")
    public SubjectAnswers.RequestsView requests() {
        return answers.requests();
    }

    /** Takes one back. */
    @DELETE
    @Path("/erasure-requests/{request}")
    public void withdraw(@PathParam("request") UUID request) {
        answers.withdraw(request);
    }
}

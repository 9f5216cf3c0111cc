// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.ticket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.ProblemException;
import org.sluse.video.session.Nothing;

/** Tickets for a practitioner's sockets. */
@Path("/{tenant}/video/tickets")
@OfPlugin("video")
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class TicketResource {

    @Inject
    Tickets tickets;

    @POST
    @Path("today")
    public Tickets.Ticket today(Nothing nothing) {
        return tickets.forToday();
    }

    @POST
    @Path("sessions/{id}")
    public Tickets.Ticket session(@PathParam("id") String id, Nothing nothing) {
        try {
            return tickets.forDesk(UUID.fromString(id));
        } catch (IllegalArgumentException none) {
            throw ProblemException.notFound();
        }
    }
}

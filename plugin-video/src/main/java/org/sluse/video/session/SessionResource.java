// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.ProblemException;

/** The sessions that a practitioner hosts or is invited to as a co-host. */
@Path("/{tenant}/video/sessions")
@OfPlugin("video")
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class SessionResource {

    @Inject
    VideoSessions sessions;
    @Inject
    Clock clock;

    /** Sessions that start in a span. */
    public record Listed(List<SessionView> sessions) {}

    @POST
    public Response schedule(ScheduleSession wanted) {
        return Response.status(Response.Status.CREATED).entity(sessions.schedule(wanted)).build();
    }

    /** @param from RFC 3339, default 12 hours ago; @param to default 24 hours after {@code from} */
    @GET
    public Listed list(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        var begin = from == null ? clock.instant().minus(Duration.ofHours(12)) : instant("/from", from);
        return new Listed(sessions.list(begin, to == null ? begin.plus(Duration.ofHours(24)) : instant("/to", to)));
    }

    @GET
    @Path("{id}")
    public SessionView get(@PathParam("id") String id) {
        return sessions.get(id(id));
    }

    @POST
    @Path("{id}/invitations")
    public SessionView invite(@PathParam("id") String id, Nothing nothing) {
        return sessions.inviteAgain(id(id));
    }

    @POST
    @Path("{id}/participants")
    public Response invite(@PathParam("id") String id, InviteParticipant wanted) {
        return Response.status(Response.Status.CREATED).entity(sessions.invite(id(id), wanted)).build();
    }

    @POST
    @Path("{id}/participants/{participant}/invitations")
    public SessionView invite(@PathParam("id") String id, @PathParam("participant") String participant,
            Nothing nothing) {
        return sessions.inviteAgain(id(id), participant);
    }

    @DELETE
    @Path("{id}/participants/{participant}")
    public SessionView turnAway(@PathParam("id") String id, @PathParam("participant") String participant) {
        return sessions.turnAway(id(id), participant);
    }

    @POST
    @Path("{id}/cancel")
    public SessionView cancel(@PathParam("id") String id, Nothing nothing) {
        return sessions.cancel(id(id));
    }

    @PUT
    @Path("{id}/time")
    public SessionView move(@PathParam("id") String id, SessionTime wanted) {
        return sessions.move(id(id), wanted);
    }

    @POST
    @Path("{id}/no-show")
    public SessionView miss(@PathParam("id") String id, Nothing nothing) {
        return sessions.miss(id(id));
    }

    @POST
    @Path("{id}/end")
    public SessionView end(@PathParam("id") String id, Nothing nothing) {
        return sessions.end(id(id));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw ProblemException.notFound();
        }
    }

    private static Instant instant(String pointer, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            throw ProblemException.notAllowed(pointer, "not-a-time",
                    "This is not a time; right would be as in 2026-11-23T10:30:00Z");
        }
    }
}

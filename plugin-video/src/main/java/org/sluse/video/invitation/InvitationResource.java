// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.invitation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.quality.Rating;
import org.sluse.video.session.Nothing;
import org.sluse.video.ticket.Tickets;

/** A patient's invitation. */
@Path("/{tenant}/video/invitations")
@OfPlugin("video")
@AllowedTo(Role.LINK_HOLDER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class InvitationResource {

    @Inject
    Invitations invitations;

    /** @param code what stood behind the {@code #} of the link */
    public record Exchange(@Nullable String code) {}

    /** @param displayName what the clinic shall see; see {@link DisplayName} */
    public record ShowAs(@Nullable String displayName) {}

    /** @param rating one of {@link Rating} */
    public record Rated(@Nullable String rating) {}

    @POST
    @Path("exchange")
    @AllowedTo(Role.ANYONE)
    public Response exchange(Exchange wanted, @HeaderParam(HttpHeaders.COOKIE) @Nullable String cookies) {
        var exchanged = invitations.exchange(code(wanted), cookies == null ? "" : cookies);
        return Response.ok(exchanged.view()).header(HttpHeaders.SET_COOKIE, exchanged.cookie()).build();
    }

    /** The same answer for every code. */
    @POST
    @Path("ask")
    @AllowedTo(Role.ANYONE)
    public Response ask(Exchange wanted) {
        invitations.ask(code(wanted));
        return Response.accepted().build();
    }

    private static String code(Exchange wanted) {
        if (wanted.code() == null || wanted.code().length() > 200) {
            throw ProblemException.notAllowed("/code", "required",
                    "The code is missing; right would be what follows the # of the link");
        }
        return wanted.code();
    }

    @PUT
    @Path("me/display-name")
    public Response showAs(ShowAs wanted) {
        invitations.showAs(new DisplayName(wanted.displayName() == null ? "" : wanted.displayName()));
        return Response.noContent().build();
    }

    @PUT
    @Path("me/rating")
    public Response rate(Rated wanted) {
        var rating = Arrays.stream(Rating.values())
                .filter(each -> each.name().equals(wanted.rating()))
                .findFirst()
                .orElseThrow(() -> ProblemException.notAllowed("/rating", "not-one-of",
                        "This is no rating; right would be one of " + Arrays.toString(Rating.values())));
        invitations.rate(rating);
        return Response.noContent().build();
    }

    /** @param language of the page: nb, de or en, the last one unless given */
    @GET
    @Path("me/calendar")
    @Produces("text/calendar;charset=UTF-8")
    public Response calendar(@QueryParam("language") @DefaultValue("en") String language) {
        return Response.ok(invitations.calendar(language).text())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\"")
                .build();
    }

    @POST
    @Path("me/ticket")
    public Tickets.Ticket ticket(Nothing nothing) {
        return invitations.ticket();
    }
}

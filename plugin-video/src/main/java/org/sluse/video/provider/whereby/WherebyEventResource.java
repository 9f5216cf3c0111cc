// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;

/** Where Whereby's webhook posts to. */
@Path("/{tenant}/video/whereby/events")
@OfPlugin("video")
@AllowedTo(Role.ANYONE)
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class WherebyEventResource {

    /** The address below that of the plugin: a door ({@code Plugin.doors()}). */
    public static final String DOOR = "whereby/events";

    @Inject
    WherebyEvents events;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response receive(byte[] body, @HeaderParam("Whereby-Signature") @Nullable String signature) {
        events.received(body, signature == null ? "" : signature);
        return Response.noContent().build();
    }
}

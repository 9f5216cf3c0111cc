// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;

/** {@code GET /api/log-key}: the public key of every log of the installation, for whoever wants to know it before they need it. It tells of no clinic, so anybody may read it. */
@Path("/log-key")
@RequestScoped
@AllowedTo(Role.ANYONE)
@Produces(MediaType.TEXT_PLAIN)
public class LogKeyResource {

    @Inject
    Logs logs;

    @GET
    public String key() {
        return logs.key() + "\n";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.plugin.OfPlugin;
import org.sluse.tenant.TenantContext;

/** Who can be invited as a co-host. */
@Path("/{tenant}/video/colleagues")
@OfPlugin("video")
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ColleagueResource {

    @Inject
    Staff staff;
    @Inject
    TenantContext context;

    /** A practitioner of the clinic. */
    public record ColleagueView(String id, String name) {}

    /** By name. */
    public record Listed(List<ColleagueView> colleagues) {}

    @GET
    public Listed list() {
        return new Listed(staff.with(Role.PRACTITIONER)
                .stream()
                .filter(each -> !each.id().equals(context.actor().id()))
                .map(each -> new ColleagueView(each.id(), each.name()))
                .toList());
    }
}

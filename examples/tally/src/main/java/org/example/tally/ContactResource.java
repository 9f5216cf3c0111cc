// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;

/** The contacts of this week. */
@Path("/{tenant}/tally/contacts")
@OfPlugin("tally")
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class ContactResource {

    @Inject
    Contacts contacts;

    /** The body of a count. */
    public record CountContact(Way way) {}

    /** How many there were this week, by way. */
    public record WeekView(Map<Way, Integer> totals) {}

    @GET
    public WeekView thisWeek() {
        return new WeekView(contacts.thisWeek());
    }

    @POST
    public WeekView count(CountContact wanted) {
        contacts.count(wanted.way());
        return thisWeek();
    }
}

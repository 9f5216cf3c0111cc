// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.epr.EprPlugin;
import org.sluse.epr.EprSettings;
import org.sluse.plugin.OfPlugin;
import org.sluse.settings.Settings;

/** {@code /api/{tenant}/epr/deliveries} */
@Path("/{tenant}/epr/deliveries")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
public class DeliveriesResource {

    @Inject
    Deliveries deliveries;
    @Inject
    EprPlugin plugin;
    @Inject
    Settings<EprSettings> settings;

    /** @param recipient who runs the record, as the register has it; absent while none is set */
    public record DeliveriesView(List<DeliveryView> deliveries, Optional<RecipientView> recipient) {}

    /** @param fields what they receive: keys of the message bundles */
    public record RecipientView(String name, String address, List<String> fields) {}

    /** @param bundle the FHIR message, as text */
    public record MessageView(String bundle) {}

    @GET
    public DeliveriesView list(@QueryParam("assessment") @DefaultValue("") String assessment) {
        var found = assessment.isEmpty() ? deliveries.list() : deliveries.ofAssessment(assessment);
        return new DeliveriesView(found.stream().map(DeliveryView::of).toList(),
                plugin.recipients(settings.get())
                        .stream()
                        .map(one -> new RecipientView(one.name(), one.address(), one.fieldKeys()))
                        .findFirst());
    }

    @GET
    @Path("/{id}/message")
    public MessageView message(@PathParam("id") String id) {
        return new MessageView(deliveries.message(id));
    }

    @POST
    @Path("/{id}/resend")
    public void resend(@PathParam("id") String id) {
        deliveries.resend(id);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.today;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.epr.assessment.AssessmentView;
import org.sluse.epr.assessment.SafetyFlags;
import org.sluse.epr.exchange.Deliveries;
import org.sluse.epr.exchange.DeliveryView;
import org.sluse.plugin.OfPlugin;

/** {@code /api/{tenant}/epr/needs} */
@Path("/{tenant}/epr/needs")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
public class NeedsResource {

    @Inject
    SafetyFlags flags;
    @Inject
    Deliveries deliveries;

    /** Both lists: what waits longest first. */
    public record NeedsView(List<AssessmentView> safety, List<DeliveryView> deliveries) {}

    @GET
    public NeedsView show() {
        return new NeedsView(flags.unacknowledged().stream().map(AssessmentView::of).toList(),
                deliveries.stopped());
    }
}

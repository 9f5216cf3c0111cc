// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.comparison.ComparisonStore;

/** {@code /api/operate/comparisons}: where something has left that nobody had declared, and where nobody has looked for two nights. Numbers only; the rows are the clinic's. */
@Path("/operate/comparisons")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
public class ComparisonsResource {

    @Inject
    ComparisonStore store;
    @Inject
    Clock clock;

    /** @param clinics by id, a hundred at most @param all how many there are of them */
    record ComparisonsView(List<ComparisonStore.ClinicSum> clinics, ComparisonStore.Sum all) {}

    @GET
    public ComparisonsView attention() {
        var now = clock.instant();
        return new ComparisonsView(store.attention(now), store.sum(now));
    }
}

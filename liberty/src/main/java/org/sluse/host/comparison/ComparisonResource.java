// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.comparison.Comparisons.Overview;
import org.sluse.problem.ProblemException;

/** {@code /api/{tenant}/core/ledger/comparison}. */
@Path("/{tenant}/core/ledger/comparison")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class ComparisonResource {

    @Inject
    Comparisons comparisons;

    /** How it stood when it was compared last. */
    @GET
    public Overview overview() {
        return comparisons.overview();
    }

    /** Compares now. */
    @POST
    public Overview compare() {
        return comparisons.compare();
    }

    /** Says that a disclosure which had not been declared was looked into. */
    @POST
    @Path("/{row}/looked-into")
    public Overview lookedInto(@PathParam("row") String row) {
        return comparisons.lookedInto(id(row));
    }

    private static UUID id(String row) {
        try {
            return UUID.fromString(row);
        } catch (IllegalArgumentException none) {
            throw ProblemException.notFound();
        }
    }
}

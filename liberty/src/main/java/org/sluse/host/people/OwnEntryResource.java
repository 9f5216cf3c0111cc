// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.people.PeopleResource.EarlierViews;
import org.sluse.host.people.PeopleResource.PersonView;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.SeenVersion;

/** {@code /api/{tenant}/core/me/entry}: what the list of people says of whoever is signed in, and how they put their own name right. Roles are for administrators to give. */
@Path("/{tenant}/core/me/entry")
@RequestScoped
@AllowedTo({Role.PRACTITIONER, Role.ADMINISTRATOR})
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OwnEntryResource {

    @Inject
    People people;
    @Inject
    Binding binding;

    /** How somebody is called. */
    record OwnName(Optional<String> name) {}

    @GET
    public Response show() {
        return PersonView.of(people.get(own()), true).answer();
    }

    @PUT
    public Response correct(@HeaderParam("If-Match") @Nullable String seen, OwnName right) {
        return PersonView.of(
                people.correct(own(), SeenVersion.of(seen), right.name().orElse(""), Optional.empty()), true).answer();
    }

    /** What stood there before. */
    @GET
    @Path("/earlier")
    public EarlierViews earlier() {
        return EarlierViews.of(people, own());
    }

    private UUID own() {
        return UUID.fromString(binding.actor().id());
    }
}

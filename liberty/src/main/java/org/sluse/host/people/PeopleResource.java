// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** {@code /api/{tenant}/core/people}. */
@Path("/{tenant}/core/people")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PeopleResource {

    @Inject
    People people;
    @Inject
    Tenants tenants;
    @Inject
    Binding binding;

    record PeopleView(List<PersonView> people) {}

    /** @param you whether this is who asks */
    record PersonView(String id, String name, String subject, List<String> roles, boolean you) {}

    @GET
    public PeopleView list() {
        return new PeopleView(people.all().stream().map(this::view).toList());
    }

    @POST
    public Response add(People.NewPerson person) {
        var issuer = tenants.provider(binding.tenant().id())
                .orElseThrow(() -> new ProblemException(Problem.CONFLICT, "The clinic has no identity provider yet"))
                .issuer()
                .toString();
        return Response.status(201).entity(view(people.add(issuer, person))).build();
    }

    @DELETE
    @Path("/{id}")
    public void remove(@PathParam("id") UUID id) {
        people.remove(id);
    }

    private PersonView view(People.Person person) {
        return new PersonView(person.id(), person.name(), person.subject(), person.roles(),
                person.id().equals(binding.actor().id()));
    }
}

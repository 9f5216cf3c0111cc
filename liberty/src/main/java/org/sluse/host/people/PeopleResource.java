// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.problem.SeenVersion;

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

    /** @param you whether this is who asks @param version also the ETag, for the correction */
    record PersonView(String id, String name, String subject, List<String> roles, boolean you, int version) {

        static PersonView of(People.Person person, boolean you) {
            return new PersonView(person.id(), person.name(), person.subject(), person.roles(), you,
                    person.version());
        }

        Response answer() {
            return Response.ok(this).tag(new EntityTag(Integer.toString(version))).build();
        }
    }

    /** How somebody should stand in the list. @param roles absent to leave them as they are */
    record Correction(Optional<String> name, Optional<List<String>> roles) {

        Optional<List<String>> given() {
            return roles.map(all -> all.stream().map(role -> role.toLowerCase(Locale.ROOT)).toList());
        }
    }

    /** @param by who corrected it, as the clinic calls them */
    record EarlierView(String name, List<String> roles, Instant until, String by) {}

    /** The latest first. */
    record EarlierViews(List<EarlierView> earlier) {

        static EarlierViews of(People people, UUID id) {
            return new EarlierViews(people.earlier(id)
                    .stream()
                    .map(one -> new EarlierView(one.name(), one.roles(), one.until(),
                            people.find(one.by()).map(Staff.Member::name).orElse("")))
                    .toList());
        }
    }

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

    /** Name and roles as they should have been. */
    @PUT
    @Path("/{id}")
    public Response correct(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen,
            Correction right) {
        return view(people.correct(id, SeenVersion.of(seen), right.name().orElse(""), right.given())).answer();
    }

    /** What stood there before. */
    @GET
    @Path("/{id}/earlier")
    public EarlierViews earlier(@PathParam("id") UUID id) {
        return EarlierViews.of(people, id);
    }

    @DELETE
    @Path("/{id}")
    public void remove(@PathParam("id") UUID id) {
        people.remove(id);
    }

    private PersonView view(People.Person person) {
        return PersonView.of(person, person.id().equals(binding.actor().id()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.plugin.OfPlugin;

/** {@code /api/{tenant}/epr/deputy}: who looks at a safety question that nobody has reviewed. */
@Path("/{tenant}/epr/deputy")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DeputyResource {

    @Inject
    Deputies deputies;
    @Inject
    Staff staff;

    /** @param afterMinutes how long nobody may have reviewed a question, 5 to 10,080 */
    public record SetDeputy(String practitioner, int afterMinutes) {

        /** The other component is checked by the use case. */
        public SetDeputy(@Nullable String practitioner, int afterMinutes) {
            this.practitioner = AssessmentsResource.required("/practitioner", practitioner);
            this.afterMinutes = afterMinutes;
        }
    }

    /** @param name empty when they treat nobody at the clinic any more: then nothing is passed on */
    public record SetView(String practitioner, String name, long afterMinutes) {}

    /** Somebody who can be it. */
    public record PersonView(String id, String name) {}

    /** @param deputy absent: a question that nobody reviews stays with whoever treats the patient */
    public record DeputyView(Optional<SetView> deputy, List<PersonView> practitioners) {}

    @GET
    public DeputyView show() {
        return view(deputies.find());
    }

    @PUT
    public DeputyView set(SetDeputy wanted) {
        return view(Optional.of(deputies.set(wanted.practitioner(), wanted.afterMinutes())));
    }

    @DELETE
    public DeputyView remove() {
        deputies.remove();
        return view(Optional.empty());
    }

    private DeputyView view(Optional<Deputy> deputy) {
        var people = staff.with(Role.PRACTITIONER).stream().map(one -> new PersonView(one.id(), one.name())).toList();
        return new DeputyView(deputy.map(one -> new SetView(one.practitioner(),
                people.stream()
                        .filter(person -> person.id().equals(one.practitioner()))
                        .map(PersonView::name)
                        .findFirst()
                        .orElse(""),
                one.after().toMinutes())), people);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.epr.EprSettings;
import org.sluse.plugin.OfPlugin;
import org.sluse.settings.Settings;

/** {@code /api/{tenant}/epr/instruments}: what may be asked, and in whose words. */
@Path("/{tenant}/epr/instruments")
@OfPlugin("epr")
@RequestScoped
@AllowedTo({Role.PRACTITIONER, Role.ADMINISTRATOR})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class InstrumentsResource {

    @Inject
    Settings<EprSettings> settings;
    @Inject
    Wordings wordings;
    @Inject
    Staff staff;

    /**
     * @param items how many questions it has
     * @param languages in which it can be asked; empty as long as the clinic has not brought its text
     * @param shipped whether texts of it come with this software
     * @param notice the licence's sentence; blank where no text comes with this software
     */
    public record InstrumentView(String id, String title, int items, List<String> languages, boolean shipped,
            String notice, List<WordingView> wordings) {

        static InstrumentView of(Offer offer, Staff staff) {
            var one = offer.instrument();
            return new InstrumentView(one.id(), one.title(), one.items().size(), offer.languages(),
                    !one.languages().isEmpty(), one.notice(),
                    offer.wordings().stream().map(own -> WordingView.of(own, staff)).toList());
        }
    }

    /** A text that the clinic brought. @param by the colleague's name; empty when they are no longer in the list of people */
    public record WordingView(String language, Instant at, String by, String notice) {

        static WordingView of(Wording wording, Staff staff) {
            return new WordingView(wording.language(), wording.importedAt(),
                    staff.find(wording.importedBy()).map(Staff.Member::name).orElse(""), wording.texts().notice());
        }
    }

    /** The catalogue, and the numbers that patients are shown. */
    public record InstrumentsView(List<InstrumentView> instruments, String crisisLine, String emergencyNumber) {}

    /** @param file a Questionnaire of FHIR R4 in JSON, as text */
    public record BringText(String file) {

        public BringText(@Nullable String file) {
            this.file = AssessmentsResource.required("/file", file);
        }
    }

    @GET
    public InstrumentsView list() {
        var set = settings.get();
        return new InstrumentsView(
                wordings.offers().stream().map(offer -> InstrumentView.of(offer, staff)).toList(), set.crisisLine(),
                set.emergencyNumber());
    }

    @POST
    @Path("/{id}/wordings")
    @AllowedTo(Role.ADMINISTRATOR)
    public Response bring(@PathParam("id") String id, BringText wanted) {
        return Response.status(Response.Status.CREATED)
                .entity(WordingView.of(wordings.bring(id, wanted.file()), staff))
                .build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.ProblemException;

/** {@code /api/{tenant}/epr/forms}: questionnaires of the clinic's own. */
@Path("/{tenant}/epr/forms")
@OfPlugin("epr")
@RequestScoped
@AllowedTo({Role.PRACTITIONER, Role.ADMINISTRATOR})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FormsResource {

    @Inject
    Forms forms;
    @Inject
    Staff staff;

    /** @param by the colleague's name; empty when they are no longer in the list of people */
    public record FormView(String id, String url, String version, String title, List<String> languages, int questions,
            Instant at, String by) {

        static FormView of(Form form, Staff staff) {
            return new FormView(form.id().toString(), form.url(), form.version(), form.title(), form.languages(),
                    form.questions(), form.importedAt(),
                    staff.find(form.importedBy()).map(Staff.Member::name).orElse(""));
        }
    }

    /** Those that can be assigned. */
    public record FormsView(List<FormView> forms) {}

    /**
     * @param file a Questionnaire of FHIR R4 in JSON, as text
     * @param language of its texts, should the file not say; absent: it has to say
     */
    public record BringForm(String file, Optional<String> language) {

        public BringForm(@Nullable String file, @Nullable Optional<String> language) {
            this.file = required("/file", file);
            this.language = language == null ? Optional.empty() : language;
        }
    }

    static String required(String pointer, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.notAllowed(pointer, "required", "The value is missing");
        }
        return value;
    }

    @GET
    public FormsView list() {
        return new FormsView(forms.offered().stream().map(form -> FormView.of(form, staff)).toList());
    }

    @POST
    @AllowedTo(Role.ADMINISTRATOR)
    public Response bring(BringForm wanted) {
        return Response.status(Response.Status.CREATED)
                .entity(FormView.of(forms.bring(wanted.file(), wanted.language()), staff))
                .build();
    }
}

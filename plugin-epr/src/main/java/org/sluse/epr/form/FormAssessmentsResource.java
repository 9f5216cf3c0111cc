// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.epr.assessment.Assessment.State;
import org.sluse.epr.assessment.AssessmentView.PatientLine;
import org.sluse.epr.sdc.Shown;
import org.sluse.plugin.OfPlugin;
import org.sluse.tenant.TenantContext;

/** {@code /api/{tenant}/epr/form-assessments}: the clinic's own questionnaires, assigned to patients. */
@Path("/{tenant}/epr/form-assessments")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FormAssessmentsResource {

    @Inject
    FormAssessments assessments;
    @Inject
    FormExtracts extracts;
    @Inject
    TenantContext context;

    /** To whom, what, in which language. */
    public record AssignForm(String patient, String form, String language) {

        public AssignForm(@Nullable String patient, @Nullable String form, @Nullable String language) {
            this.patient = FormsResource.required("/patient", patient);
            this.form = FormsResource.required("/form", form);
            this.language = FormsResource.required("/language", language);
        }
    }

    /** @param link below the public address, with the one-time code in its fragment */
    public record AssignedView(String id, String link, Instant expires) {}

    /** A form as a row at the desk; members are those of an assessment of the catalogue, as far as it has them. */
    public record FormAssessmentView(String id, PatientLine patient, String form, String version, String title,
            String language, String state, int answered, int items, Instant assignedAt, Instant expiresAt,
            Optional<Instant> completedAt) {

        static FormAssessmentView of(FormAssessments.Result result) {
            var one = result.assessment();
            var patient = result.patient();
            return new FormAssessmentView(one.id().toString(),
                    new PatientLine(patient.id().toString(), patient.number(), patient.name()),
                    one.form().url(), one.form().version(), one.form().title(), one.language(), one.state().name(),
                    one.answered(), one.asked(), one.assignedAt(), one.expiresAt(), one.completedAt());
        }
    }

    /** A list. */
    public record FormAssessmentsView(List<FormAssessmentView> assessments) {}

    /**
     * A form with what was answered and calculated, hidden items and files too.
     *
     * @param issues what the form could not work out, and what could not be made for the record; in English, for whoever keeps the form
     */
    public record AnsweredView(FormAssessmentView assessment, String title, List<Shown> items, List<String> issues,
            String notice) {}

    @POST
    public Response assign(AssignForm wanted) {
        return created(assessments.assign(wanted.patient(), wanted.form(), wanted.language()));
    }

    @GET
    public FormAssessmentsView list(@QueryParam("patient") @DefaultValue("") String patient) {
        return new FormAssessmentsView(
                assessments.ofPatient(patient).stream().map(FormAssessmentView::of).toList());
    }

    @GET
    @Path("/{id}")
    public AnsweredView show(@PathParam("id") String id) {
        var answered = assessments.get(id);
        var one = answered.result().assessment();
        var extracted = one.state() == State.COMPLETED
                ? extracts.issues(one, answered.response())
                : List.<String>of();
        return new AnsweredView(FormAssessmentView.of(answered.result()), answered.open().title(one.language()),
                answered.open().answers(one.language()),
                Stream.concat(answered.open().issues().stream(), extracted.stream()).distinct().toList(),
                answered.open().notice());
    }

    @POST
    @Path("/{id}/link")
    public Response renewLink(@PathParam("id") String id) {
        return created(assessments.renewLink(id));
    }

    @POST
    @Path("/{id}/withdrawal")
    public void withdraw(@PathParam("id") String id) {
        assessments.withdraw(id);
    }

    private Response created(FormAssessments.Assigned assigned) {
        var view = new AssignedView(assigned.assessment().id().toString(),
                "/" + context.tenant().id() + "/f#" + assigned.code(), assigned.assessment().expiresAt());
        return Response.status(Response.Status.CREATED).entity(view).build();
    }
}

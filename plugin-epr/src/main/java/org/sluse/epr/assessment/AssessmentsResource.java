// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

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
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.epr.assessment.AssessmentView.ResultView;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;

/** {@code /api/{tenant}/epr/assessments} */
@Path("/{tenant}/epr/assessments")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AssessmentsResource {

    @Inject
    Assessments assessments;
    @Inject
    SafetyFlags flags;
    @Inject
    TenantContext context;
    @Inject
    Staff staff;

    /** To whom, what, in which language. */
    public record Assign(String patient, String instrument, String language) {

        public Assign(@Nullable String patient, @Nullable String instrument, @Nullable String language) {
            this.patient = required("/patient", patient);
            this.instrument = required("/instrument", instrument);
            this.language = required("/language", language);
        }
    }

    /** What was done about a safety flag. */
    public record Acknowledge(String note) {

        public Acknowledge(@Nullable String note) {
            this.note = required("/note", note);
        }
    }

    /** @param link below the public address, with the one-time code in its fragment */
    public record AssignedView(String id, String link, Instant expires) {}

    /** A list. */
    public record AssessmentsView(List<AssessmentView> assessments) {}

    static String required(String pointer, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.notAllowed(pointer, "required", "The value is missing");
        }
        return value;
    }

    @POST
    public Response assign(Assign wanted) {
        return created(assessments.assign(wanted.patient(), wanted.instrument(), wanted.language()));
    }

    @GET
    public AssessmentsView list(@QueryParam("patient") @DefaultValue("") String patient) {
        return new AssessmentsView(assessments.ofPatient(patient).stream().map(AssessmentView::of).toList());
    }

    @GET
    @Path("/{id}")
    public ResultView show(@PathParam("id") String id) {
        return view(assessments.get(id));
    }

    @POST
    @Path("/{id}/acknowledgement")
    public ResultView acknowledge(@PathParam("id") String id, Acknowledge wanted) {
        return view(flags.acknowledge(id, wanted.note()));
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

    private Response created(Assessments.Assigned assigned) {
        var view = new AssignedView(assigned.assessment().id().toString(),
                "/" + context.tenant().id() + "/q#" + assigned.code(),
                assigned.assessment().expiresAt());
        return Response.status(Response.Status.CREATED).entity(view).build();
    }

    private ResultView view(Assessments.Result result) {
        return ResultView.of(result, assessments.earlier(result),
                id -> staff.find(id).map(Staff.Member::name).orElse(""));
    }
}

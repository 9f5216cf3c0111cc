// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
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
import org.sluse.problem.SeenVersion;

/** {@code /api/{tenant}/epr/patients} */
@Path("/{tenant}/epr/patients")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PatientsResource {

    @Inject
    Patients patients;
    @Inject
    Staff staff;

    /** A patient to be added, or as they should have been; blanks in the number do not count, and without a name the number stands for the person. */
    public record DescribePatient(String number, Optional<String> name) {

        /** The other components are checked by the use case. */
        public DescribePatient(@Nullable String number, @Nullable Optional<String> name) {
            if (number == null) {
                throw ProblemException.notAllowed("/number", "required", "The number is missing");
            }
            this.number = number.replaceAll("\\s", "");
            this.name = name == null ? Optional.empty() : name.map(String::strip);
        }
    }

    /** As the desk sees somebody. @param version also the ETag, for the correction */
    public record PatientView(String id, String number, String name, Instant since, int version) {

        static PatientView of(Patient patient) {
            return new PatientView(patient.id().toString(), patient.number(), patient.name(), patient.since(),
                    patient.version());
        }

        Response answer() {
            return Response.ok(this).tag(new EntityTag(Integer.toString(version))).build();
        }
    }

    /** What number and name were. @param by who corrected it, as the clinic calls them */
    public record EarlierView(String number, String name, Instant until, String by) {}

    /** The latest first. */
    public record EarlierViews(List<EarlierView> earlier) {}

    /** A list. */
    public record PatientsView(List<PatientView> patients) {}

    @GET
    public PatientsView search(@QueryParam("q") @DefaultValue("") String text) {
        return new PatientsView(patients.search(text).stream().map(PatientView::of).toList());
    }

    @POST
    public Response add(DescribePatient wanted) {
        return Response.status(Response.Status.CREATED)
                .entity(PatientView.of(patients.add(wanted.number(), wanted.name().orElse(""))))
                .build();
    }

    @GET
    @Path("/{id}")
    public Response show(@PathParam("id") String id) {
        return PatientView.of(patients.get(id)).answer();
    }

    @GET
    @Path("/{id}/earlier")
    public EarlierViews earlier(@PathParam("id") String id) {
        return new EarlierViews(patients.earlier(id)
                .stream()
                .map(one -> new EarlierView(one.number(), one.name(), one.until(),
                        staff.find(one.by()).map(Staff.Member::name).orElse("")))
                .toList());
    }

    @PUT
    @Path("/{id}")
    public Response correct(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String seen,
            DescribePatient right) {
        return PatientView.of(patients.correct(id, SeenVersion.of(seen), right.number(), right.name().orElse("")))
                .answer();
    }
}

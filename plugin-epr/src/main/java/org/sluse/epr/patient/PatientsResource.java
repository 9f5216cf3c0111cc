// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.ProblemException;

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

    /** As the desk sees somebody. */
    public record PatientView(String id, String number, String name, Instant since) {

        static PatientView of(Patient patient) {
            return new PatientView(patient.id().toString(), patient.number(), patient.name(), patient.since());
        }
    }

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
    public PatientView show(@PathParam("id") String id) {
        return PatientView.of(patients.get(id));
    }

    @PUT
    @Path("/{id}")
    public PatientView correct(@PathParam("id") String id, DescribePatient right) {
        return PatientView.of(patients.correct(id, right.number(), right.name().orElse("")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

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
import jakarta.ws.rs.core.StreamingOutput;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.leave.ClinicExport;
import org.sluse.host.leave.OffBoarding;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/** {@code /api/operate/tenants/{id}/export}, {@code /off-boarding} and {@code /certificate}: what a clinic takes along, its end, and what is left of it. */
@Path("/operate/tenants")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OffBoardingResource {

    @Inject
    OffBoarding offBoarding;
    @Inject
    ClinicExport export;
    @Inject
    ControlDatabase control;
    @Inject
    Binding binding;
    @Inject
    Texts texts;
    @Inject
    AtClinic atClinic;

    /** @param dryRun changes nothing */
    record OffBoard(boolean dryRun) {}

    /** Answers when nothing of the clinic is there any more, or it was only asked for. */
    @POST
    @Path("/{id}/off-boarding")
    public OffBoarding.OffBoardingView offBoard(@PathParam("id") String id, OffBoard wish) {
        return atClinic.call(id, () -> {
            if (wish.dryRun()) {
                control.record(Act.of("READ", "OffBoarding", id));
                return offBoarding.plan();
            }
            return offBoarding.carryOut();
        });
    }

    /** The whole clinic, as a zip. */
    @GET
    @Path("/{id}/export")
    @Produces("application/zip")
    public Response export(@PathParam("id") String id, @QueryParam("lang") @DefaultValue("en") String lang) {
        var language = Language.of(lang).orElse(Language.EN);
        return atClinic.call(id, () -> {
            var clinic = binding.tenant();
            // Before the first byte of the answer.
            control.record(Act.of("EXPORT", "Tenant", id).toldTo(clinic.id()));
            StreamingOutput whole = out -> binding.call(clinic, Binding.OPERATOR, () -> {
                export.write(out, language);
                return true;
            });
            return Response.ok(whole)
                    .header("Content-Disposition", "attachment; filename=\"" + clinic.id() + ".zip\"")
                    .build();
        });
    }

    /** The certificate of a clinic that is not there any more. */
    @GET
    @Path("/{id}/certificate")
    public OffBoarding.CertificateView certificate(@PathParam("id") String id,
            @QueryParam("lang") @DefaultValue("en") String lang) {
        return offBoarding.get(id, texts, Language.of(lang).orElse(Language.EN));
    }
}

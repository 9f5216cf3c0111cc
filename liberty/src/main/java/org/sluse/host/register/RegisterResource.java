// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.problem.SeenVersion;

/** {@code /api/{tenant}/core/register}. */
@Path("/{tenant}/core/register")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RegisterResource {

    /** @param version also the ETag, for the correction */
    record ControllerView(String name, String address, String contact, String representative, String officer,
            String version) {

        static ControllerView of(Controller one, String version) {
            return new ControllerView(one.name(), one.address(), one.contact(), one.representative(), one.officer(),
                    version);
        }

        Response answer() {
            return Response.ok(this).tag(new EntityTag(version)).build();
        }
    }

    @Inject
    Register register;
    @Inject
    RegisterAnswers answers;
    @Inject
    DataPorts data;

    record RevisionsView(List<RegisterView.RevisionView> revisions) {}

    record DifferenceView(int from, int to, List<Difference.Change> changes) {}

    /** In the format that is asked for, as of now or of the past. */
    @GET
    public Response show(@BeanParam RegisterQuery query) {
        audit(AuditEntry.read("Register", query.asOf.isEmpty() ? "now" : "past"));
        return answers.answer(query);
    }

    /** Every revision, the newest first. */
    @GET
    @Path("/revisions")
    public RevisionsView revisions(@BeanParam RegisterQuery query) {
        audit(AuditEntry.list("RegisterRevision"));
        return new RevisionsView(register.revisions(query.language()));
    }

    /** What changed from one revision to another. */
    @GET
    @Path("/difference")
    public DifferenceView difference(@QueryParam("from") @DefaultValue("0") int from,
            @QueryParam("to") @DefaultValue("0") int to, @BeanParam RegisterQuery query) {
        audit(AuditEntry.read("RegisterRevision", from + "-" + to));
        return new DifferenceView(from, to, register.difference(from, to, query.language()));
    }

    /** All revisions with their documents, hashes and signatures, and the public key. */
    @GET
    @Path("/proof")
    public Register.Proof proof() {
        audit(AuditEntry.read("Register", "proof"));
        return register.proof();
    }

    /** Who the clinic is in the sense of the law. */
    @GET
    @Path("/controller")
    public Response controller() {
        audit(AuditEntry.read("Controller", "*"));
        // The version first: who sees an older one than they think is told so, and nobody sees a younger one.
        var version = register.controllerVersion();
        return ControllerView.of(register.controller(), version).answer();
    }

    /** Enters who the clinic is. */
    @PUT
    @Path("/controller")
    public Response enter(@HeaderParam("If-Match") @Nullable String seen, ControllerForm form) {
        var controller = form.checked();
        audit(AuditEntry.of(AuditAction.CHANGE, "Controller", "*"));
        register.enter(SeenVersion.of(seen), controller);
        return ControllerView.of(controller, register.controllerVersion()).answer();
    }

    private void audit(AuditEntry entry) {
        data.forPlugin(TenantDatabases.CORE).inTransaction(entry, tx -> true);
    }
}

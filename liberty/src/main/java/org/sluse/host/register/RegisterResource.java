// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.register.RegisterDocument.Controller;

/** {@code /api/{tenant}/core/register}. */
@Path("/{tenant}/core/register")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RegisterResource {

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
    public Controller controller() {
        audit(AuditEntry.read("Controller", "*"));
        return register.controller();
    }

    /** Enters who the clinic is. */
    @PUT
    @Path("/controller")
    public Controller enter(ControllerForm form) {
        var controller = form.checked();
        audit(AuditEntry.of(AuditAction.CHANGE, "Controller", "*"));
        register.enter(controller);
        return controller;
    }

    private void audit(AuditEntry entry) {
        data.forPlugin(TenantDatabases.CORE).inTransaction(entry, tx -> true);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.backup.Backups;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.log.Logs;
import org.sluse.host.register.Register;
import org.sluse.host.register.RegisterAnswers;
import org.sluse.host.register.RegisterQuery;
import org.sluse.host.remains.Remains;
import org.sluse.host.subject.SubjectAnswers;
import org.sluse.host.subject.Subjects;
import org.sluse.host.tenant.Binding;
import org.sluse.host.written.LogId;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;

/** {@code /api/operate/tenants/{id}/register}, {@code /log}, {@code /remains} and {@code /subjects}: what the operator reads and takes away at a clinic. Each is in the clinic's own audit trail. */
@Path("/operate/tenants")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OperatorReadingResource {

    @Inject
    Register register;
    @Inject
    RegisterAnswers registers;
    @Inject
    Remains remains;
    @Inject
    Backups backups;
    @Inject
    Logs logs;
    @Inject
    SubjectAnswers subjects;
    @Inject
    ControlDatabase control;
    @Inject
    Binding binding;
    @Inject
    AtClinic atClinic;

    @GET
    @Path("/{id}/register")
    public Response register(@PathParam("id") String id, @BeanParam RegisterQuery query) {
        return atClinic.call(id, () -> {
            control.record(Act.of("READ", "Register", id).toldTo(binding.tenant().id()));
            return registers.answer(query);
        });
    }

    /** All revisions of a clinic's register, for {@code sluse register --verify}. */
    @GET
    @Path("/{id}/register/proof")
    public Register.Proof proof(@PathParam("id") String id) {
        return atClinic.call(id, () -> {
            control.record(Act.of("READ", "RegisterProof", id).toldTo(binding.tenant().id()));
            return register.proof();
        });
    }

    /** The clinic's log with its proof, for {@code sluse verify-log}; of a clinic that is not served, too. */
    @GET
    @Path("/{id}/log/proof")
    @Produces("application/jsonl")
    public Response logProof(@PathParam("id") String id) {
        return atClinic.call(id, () -> {
            control.record(Act.of("READ", "LogProof", id).toldTo(binding.tenant().id()));
            return Response.ok(logs.proof(LogId.of(binding.tenant().id()))).build();
        });
    }

    /** Takes responsibility for a clinic's log that is not what its witness knows. Its database may be of an earlier moment: whoever was erased since is erased again first. */
    @POST
    @Path("/{id}/log/acknowledgement")
    public Response acknowledge(@PathParam("id") String id, AcknowledgeLog wish) {
        return atClinic.call(id, () -> {
            var clinic = binding.tenant().id();
            backups.eraseAgain(clinic);
            logs.acknowledge(LogId.of(clinic), wish.why());
            return Response.noContent().build();
        });
    }

    /** What plugins left at the clinic that are not in the server: tables and their rows, by plugin. */
    @GET
    @Path("/{id}/remains")
    public Map<String, Map<String, Long>> remains(@PathParam("id") String id) {
        return atClinic.call(id, () -> {
            var views = new TreeMap<String, Map<String, Long>>();
            remains.all().forEach(one -> views.put(one.plugin().value(), one.rows()));
            return views;
        });
    }

    /** The same of one plugin, as a zip with a CSV for each table. */
    @GET
    @Path("/{id}/remains/{plugin}")
    @Produces("application/zip")
    public Response export(@PathParam("id") String id, @PathParam("plugin") String plugin) throws IOException {
        var file = Files.createTempFile("remains", ".zip");
        try {
            atClinic.call(id, () -> {
                control.record(Act.of("EXPORT", "Remains", id + "/" + plugin));
                try (var zip = Files.newOutputStream(file)) {
                    remains.export(plugin(plugin), zip);
                    return true;
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(unwritable);
                }
            });
            // Open when its name goes, so that nothing stays behind, however the answer ends.
            return Response.ok(Files.newInputStream(file)).build();
        } finally {
            Files.delete(file);
        }
    }

    /** Erases it. */
    @DELETE
    @Path("/{id}/remains/{plugin}")
    public Response erase(@PathParam("id") String id, @PathParam("plugin") String plugin) {
        return atClinic.call(id, () -> {
            remains.erase(plugin(plugin));
            return Response.noContent().build();
        });
    }

    /** Everything that the clinic keeps about one person, as a file. */
    @POST
    @Path("/{id}/subjects/export")
    public Response exportSubject(@PathParam("id") String id, SubjectAnswers.Wanted wanted) {
        return atClinic.call(id, () -> {
            control.record(Act.of("EXPORT", "Subject", "*"));
            return subjects.export(wanted);
        });
    }

    /** Says what would be erased, asks for it, or confirms what an administrator has asked for. */
    @POST
    @Path("/{id}/subjects/erasure")
    public Subjects.Erasure eraseSubject(@PathParam("id") String id, SubjectAnswers.Unwanted unwanted) {
        return atClinic.call(id, () -> {
            var asks = unwanted.confirms().isEmpty();
            control.record(unwanted.dryRun()
                    ? Act.of("READ", "Subject", "*")
                    : Act.of(asks ? "CREATE" : "DELETE", asks ? "ErasureRequest" : "Subject", "*"));
            return subjects.erase(unwanted);
        });
    }

    /** What waits there for a second person; whom it is about the clinic knows. */
    @GET
    @Path("/{id}/subjects/erasure-requests")
    public SubjectAnswers.RequestsView erasureRequests(@PathParam("id") String id) {
        return atClinic.call(id, subjects::requests);
    }

    /** Takes one back. */
    @DELETE
    @Path("/{id}/subjects/erasure-requests/{request}")
    public Response withdrawErasure(@PathParam("id") String id, @PathParam("request") UUID request) {
        return atClinic.call(id, () -> {
            control.record(Act.of("DELETE", "ErasureRequest", request.toString()));
            subjects.withdraw(request);
            return Response.noContent().build();
        });
    }

    private static PluginId plugin(String id) {
        try {
            return new PluginId(id);
        } catch (IllegalArgumentException none) {
            throw ProblemException.notFound();
        }
    }
}

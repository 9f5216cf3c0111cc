// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.log.Logs;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.host.written.LogId;

/** {@code /api/{tenant}/core/audit}, and below it the proof of all of it. */
@Path("/{tenant}/core")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int PAGE = 50;
    /** For a node whose clock is a little behind that of the one that wrote. */
    private static final long AHEAD_SECONDS = 60;

    @Inject
    AuditEntries entries;
    @Inject
    DataPorts data;
    @Inject
    Logs logs;
    @Inject
    PluginRegistry plugins;
    @Inject
    Texts texts;
    @Inject
    Binding binding;
    @Inject
    Clock clock;

    record ActorView(String kind, String name) {}

    /**
     * An entry.
     *
     * @param objectName of the colleague whom the act is about, as in a sign-in; absent for every other object
     * @param reason why it was refused
     * @param objects how many objects it touched; of a refusal, how many alike before it are in no row; absent when not counted
     * @param network from which network; empty for none, or in rows that are older
     * @param agent by which kind of program; likewise
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record AuditRow(long id, Instant at, ActorView actor, String module, String action, String objectType,
            String object, Optional<String> objectName, Optional<String> patient, String outcome,
            Optional<String> reason, Optional<Integer> objects, String network, String agent) {

        static AuditRow of(AuditEntries.Row row) {
            return new AuditRow(row.id(), row.at(),
                    new ActorView(row.actorKind().name(), row.actorName().orElse("")), row.module(),
                    row.action().name(), row.objectType(), row.objectId(), row.objectName(), row.patient(),
                    row.outcome().name(), row.reason(), row.objects(), row.network(), row.agent());
        }
    }

    /**
     * Up to when the trail is proved.
     *
     * @param entries how many it has
     * @param proved how many of them are proved; the others are younger than a minute
     * @param at when they were; absent when none is yet
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ProofView(long entries, long proved, Optional<Instant> at) {}

    /** A module that may be searched for, on or off. */
    record ModuleName(String id, String name) {}

    /** @param more whether there are older rows @param modules by id */
    record AuditView(List<AuditRow> rows, boolean more, List<ModuleName> modules, ProofView proof) {}

    /** The newest rows that are searched for, fifty at most. */
    @GET
    @Path("/audit")
    public AuditView audit(@BeanParam AuditQuery query, @QueryParam("lang") @DefaultValue("en") String lang) {
        var end = clock.instant().plusSeconds(AHEAD_SECONDS);
        var rows = entries.find(query.search(end, true), query.place(end), PAGE + 1);
        var proof = logs.standing(LogId.of(binding.tenant().id()));
        var language = Language.of(lang).orElse(Language.EN);
        return new AuditView(rows.stream().limit(PAGE).map(AuditRow::of).toList(), rows.size() > PAGE,
                plugins.all()
                        .stream()
                        .map(one -> new ModuleName(one.id().value(),
                                texts.text(one.id().value(), "module.name", language)))
                        .toList(),
                new ProofView(proof.entries(), proof.proved(), proof.at()));
    }

    /** The whole trail with its proof, for {@code sluse verify-log FILE}: JSON lines. */
    @GET
    @Path("/audit/proof")
    @Produces("application/jsonl")
    public Response proof() {
        // Before the first byte of the answer.
        data.forPlugin(TenantDatabases.CORE).inTransaction(AuditEntry.read("LogProof", "*"), _ -> true);
        var tenant = binding.tenant().id();
        return Response.ok(logs.proof(LogId.of(tenant)))
                .header("Content-Disposition", "attachment; filename=\"log-" + tenant + ".jsonl\"")
                .build();
    }
}

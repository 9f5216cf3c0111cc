// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.http.Parameters;
import org.sluse.host.log.Logs;
import org.sluse.host.tenant.Binding;
import org.sluse.host.written.LogId;

/** {@code /api/{tenant}/core/audit}, and below it the proof of all of it. */
@Path("/{tenant}/core")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int PAGE = 50;

    @Inject
    DataPorts data;
    @Inject
    Logs logs;
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
    record AuditRow(long id, Instant at, ActorView actor, String action, String objectType, String object,
            Optional<String> objectName, Optional<String> patient, String outcome, Optional<String> reason,
            Optional<Integer> objects, String network, String agent) {}

    /**
     * Up to when the trail is proved.
     *
     * @param entries how many it has
     * @param proved how many of them are proved; the others are younger than a minute
     * @param at when they were; absent when none is yet
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ProofView(long entries, long proved, Optional<Instant> at) {}

    /** @param more whether there are older rows */
    record AuditView(List<AuditRow> rows, boolean more, ProofView proof) {}

    @GET
    @Path("/audit")
    public AuditView audit(@QueryParam("action") @Nullable String action, @QueryParam("actor") @Nullable String actor,
            @QueryParam("patient") @Nullable String patient, @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("before") @Nullable String before, @QueryParam("beforeId") @Nullable String beforeId) {
        var rows = data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.list("Audit"),
                        tx -> tx.handle()
                                .createQuery(
                                        """
                                                select audit.id, at, actor_kind, coalesce(staff.name, ''), action, object_type, object_id, colleague.name, patient, outcome, reason, objects, coalesce(network, ''), coalesce(agent, '')
                                                from audit left join staff on staff.id::text = audit.actor_id
                                                left join staff colleague on object_type = 'Staff' and colleague.id::text = object_id
                                                where (at, audit.id) < (:before, :id) and at >= :from and at <= :to
                                                  and (:action::text is null or action = :action) and (:patient::text is null or patient = :patient)
                                                  and (:actor::text is null or actor_id = :actor or staff.name = :actor
                                                    or (action = 'SIGN_IN' and (object_id = :actor or colleague.name = :actor)))
                                                  and not (object_type in ('StaffSession', 'Settings', 'Acknowledgement', 'Link') and action = 'READ')
                                                order by at desc, audit.id desc limit :most""")
                                .bind("before", Parameters.time(before, "before", clock.instant().plusSeconds(60)))
                                .bind("id", Parameters.id(beforeId, Long::valueOf).orElse(0L))
                                .bind("from", Parameters.time(from, "from", Instant.EPOCH))
                                .bind("to", Parameters.time(to, "to", clock.instant().plusSeconds(60)))
                                .bind("action", Parameters.text(action).orElse(null))
                                .bind("patient", Parameters.text(patient).orElse(null))
                                .bind("actor", Parameters.text(actor).orElse(null))
                                .bind("most", PAGE + 1)
                                .map((row, context) -> new AuditRow(row.getLong(1), row.getTimestamp(2).toInstant(),
                                        new ActorView(row.getString(3), row.getString(4)), row.getString(5),
                                        row.getString(6), row.getString(7), Optional.ofNullable(row.getString(8)),
                                        Optional.ofNullable(row.getString(9)), row.getString(10),
                                        Optional.ofNullable(row.getString(11)),
                                        Optional.ofNullable(row.getObject(12, Integer.class)), row.getString(13),
                                        row.getString(14)))
                                .list());
        var proof = logs.standing(LogId.of(binding.tenant().id()));
        return new AuditView(rows.subList(0, Math.min(PAGE, rows.size())), rows.size() > PAGE,
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

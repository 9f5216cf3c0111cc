// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.disclosure.Ledger;
import org.sluse.problem.ProblemException;

/** {@code /api/{tenant}/core/audit} and {@code /api/{tenant}/core/ledger}. */
@Path("/{tenant}/core")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int PAGE = 50;

    @Inject
    DataPorts data;
    @Inject
    Ledger ledger;
    @Inject
    Clock clock;

    record ActorView(String kind, String name) {}

    record AuditRow(long id, Instant at, ActorView actor, String action, String objectType, String object,
            Optional<String> patient, String outcome) {}

    /** @param more whether there are older rows */
    record AuditView(List<AuditRow> rows, boolean more) {}

    /** @param more whether there are older rows */
    record LedgerView(List<Ledger.Row> rows, boolean more) {}

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
                                                select audit.id, at, actor_kind, coalesce(staff.name, ''), action, object_type, object_id, patient, outcome
                                                from audit left join staff on staff.id::text = audit.actor_id
                                                where (at, audit.id) < (:before, :id) and at >= :from and at <= :to
                                                  and (:action::text is null or action = :action) and (:patient::text is null or patient = :patient)
                                                  and (:actor::text is null or actor_id = :actor or staff.name = :actor)
                                                  and not (object_type in ('StaffSession', 'Settings', 'Acknowledgement', 'Link') and action = 'READ')
                                                order by at desc, audit.id desc limit :most""")
                                .bind("before", time(before, "before", clock.instant().plusSeconds(60)))
                                .bind("id", id(beforeId, Long::valueOf).orElse(0L))
                                .bind("from", time(from, "from", Instant.EPOCH))
                                .bind("to", time(to, "to", clock.instant().plusSeconds(60)))
                                .bind("action", blankToNull(action))
                                .bind("patient", blankToNull(patient))
                                .bind("actor", blankToNull(actor))
                                .bind("most", PAGE + 1)
                                .map((row, context) -> new AuditRow(row.getLong(1), row.getTimestamp(2).toInstant(),
                                        new ActorView(row.getString(3), row.getString(4)), row.getString(5),
                                        row.getString(6), row.getString(7), Optional.ofNullable(row.getString(8)),
                                        row.getString(9)))
                                .list());
        return new AuditView(rows.subList(0, Math.min(PAGE, rows.size())), rows.size() > PAGE);
    }

    @GET
    @Path("/ledger")
    public LedgerView ledger(@QueryParam("before") @Nullable String before,
            @QueryParam("beforeId") @Nullable String beforeId) {
        var rows = ledger.before(time(before, "before", clock.instant().plusSeconds(60)),
                id(beforeId, UUID::fromString));
        return new LedgerView(rows.subList(0, Math.min(PAGE, rows.size())), rows.size() > PAGE);
    }

    private static Instant time(@Nullable String text, String name, Instant otherwise) {
        try {
            return text == null || text.isBlank()
                    ? otherwise
                    : Instant.parse(text.length() == 10 ? text + "T00:00:00Z" : text);
        } catch (DateTimeParseException notATime) {
            throw ProblemException.notAllowed("/" + name, "time",
                    "This is not a time; right would be one like 2026-11-23T12:00:00Z");
        }
    }

    /** Of the last row that is known: what follows it, follows it in time and then by id. */
    private static <T> Optional<T> id(@Nullable String text, Function<String, T> read) {
        try {
            return Optional.ofNullable(blankToNull(text)).map(read);
        } catch (IllegalArgumentException notAnId) {
            throw ProblemException.notAllowed("/beforeId", "id",
                    "This is not the id of a row; right would be that of the last row that is known");
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}

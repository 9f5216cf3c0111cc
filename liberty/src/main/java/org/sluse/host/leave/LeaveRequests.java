// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.people.Party;
import org.sluse.host.people.TwoPeople;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Whether the bound clinic wants to leave: one row of the control database, which a clinic that does not has not. Each wish, and each that is taken back, is in the clinic's trail and in the operator's log; what changes nothing is not. Thread-safe; blocks. */
@OnePerNode
public final class LeaveRequests {

    private final ControlDatabase control;
    private final DataPorts data;
    private final TwoPeople twoPeople;
    private final Binding binding;
    private final Clock clock;

    /**
     * A wish.
     *
     * @param askedBy a name
     * @param byYou whether it is the one who reads this
     * @param expiresAt when the operator cannot carry it out any more
     */
    public record RequestView(String askedBy, boolean byYou, Instant askedAt, Instant expiresAt) {}

    /** How it stands. @param request absent when nobody wants the clinic to leave */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StandingView(String clinic, Optional<RequestView> request) {}

    @Inject
    LeaveRequests(ControlDatabase control, DataPorts data, TwoPeople twoPeople, Binding binding, Clock clock) {
        this.control = control;
        this.data = data;
        this.twoPeople = twoPeople;
        this.binding = binding;
        this.clock = clock;
    }

    /** How it stands. */
    public StandingView standing() {
        return new StandingView(binding.tenant().name(), find().map(this::view));
    }

    RequestView view(LeaveRequest request) {
        return new RequestView(twoPeople.name(request.askedBy()), twoPeople.isCaller(request.askedBy()),
                request.askedAt(), request.expiresAt());
    }

    /** The wish that counts now; empty when there is none. */
    Optional<LeaveRequest> find() {
        return control.read(handle -> handle.createQuery("""
                select asked_by, asked_at, expires_at from leave_request
                where tenant = :tenant and expires_at > :now""")
                .bind("tenant", binding.tenant().id().value())
                .bind("now", clock.instant())
                .map((row, context) -> new LeaveRequest(Party.parse(row.getString(1)), row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3).toInstant()))
                .findOne());
    }

    /**
     * The caller wants the clinic to leave. What somebody else wants already stays as it is.
     *
     * @param name the clinic's, so that nobody does it to another one by mistake
     * @throws ProblemException {@code problem/not-allowed-value} for another name
     */
    public void ask(String name) {
        if (!name.strip().equals(binding.tenant().name())) {
            throw ProblemException.notAllowed("/name", "other-name",
                    "That is not the clinic's name; right would be the name as the page shows it");
        }
        ask();
    }

    LeaveRequest ask() {
        return find().orElseGet(this::add);
    }

    private LeaveRequest add() {
        var caller = twoPeople.caller();
        // As PostgreSQL keeps it, so that the row is found by it again.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        noted(AuditAction.CREATE);
        control.inTransaction(act("CREATE"), handle -> {
            handle.createUpdate("delete from leave_request where tenant = :tenant and expires_at <= :now")
                    .bind("tenant", binding.tenant().id().value())
                    .bind("now", now)
                    .execute();
            handle.createUpdate("""
                    insert into leave_request (tenant, asked_by, asked_at, expires_at)
                    values (:tenant, :by, :at, :expires) on conflict (tenant) do nothing""")
                    .bind("tenant", binding.tenant().id().value())
                    .bind("by", caller.toString())
                    .bind("at", now)
                    .bind("expires", now.plus(TwoPeople.PATIENCE))
                    .execute();
        });
        return find().orElseThrow(LeaveRequests::gone);
    }

    /** Takes it back. Whoever does not want to leave takes back nothing. */
    public void withdraw() {
        if (find().isEmpty()) {
            return;
        }
        noted(AuditAction.DELETE);
        control.inTransaction(act("DELETE"),
                handle -> handle.createUpdate("delete from leave_request where tenant = :tenant")
                        .bind("tenant", binding.tenant().id().value())
                        .execute());
    }

    /** It is carried out in this transaction. @throws ProblemException {@code problem/conflict} when it was taken back meanwhile */
    void take(Handle handle, LeaveRequest request) {
        var taken = handle.createUpdate(
                "delete from leave_request where tenant = :tenant and asked_by = :by and asked_at = :at and expires_at > :now")
                .bind("tenant", binding.tenant().id().value())
                .bind("by", request.askedBy().toString())
                .bind("at", request.askedAt())
                .bind("now", clock.instant())
                .execute();
        if (taken == 0) {
            throw gone();
        }
    }

    private void noted(AuditAction action) {
        data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.of(action, "LeaveRequest", binding.tenant().id().value()), tx -> true);
    }

    private Act act(String action) {
        return Act.of(action, "LeaveRequest", binding.tenant().id().value()).at(binding.tenant().id());
    }

    private static ProblemException gone() {
        return new ProblemException(Problem.CONFLICT,
                "The wish to leave was taken back meanwhile; right would be to ask the clinic");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.people.Party;
import org.sluse.host.people.TwoPeople;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/**
 * What waits at the bound tenant for a second person: rows of the clinic's own database, in which whom it is about is sealed. They are in no backup, so that none has the number of somebody who was erased since. Thread-safe; blocks.
 */
@OnePerNode
final class ErasureRequests {

    private static final String TYPE = "ErasureRequest";

    private final DataPorts data;
    private final TenantDatabases databases;
    private final TwoPeople twoPeople;
    private final Binding binding;
    private final Ids ids;
    private final Clock clock;

    @Inject
    ErasureRequests(DataPorts data, TenantDatabases databases, TwoPeople twoPeople, Binding binding, Ids ids,
            Clock clock) {
        this.data = data;
        this.databases = databases;
        this.twoPeople = twoPeople;
        this.binding = binding;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The caller asks. Asking again changes nothing.
     *
     * @throws ProblemException {@code problem/conflict} when somebody else has asked already
     */
    ErasureRequest ask(String person) {
        var caller = twoPeople.caller();
        var asked = pending().stream().filter(one -> one.person().equals(person.strip())).findFirst();
        return asked.map(one -> mine(one, caller)).orElseGet(() -> add(person.strip(), caller));
    }

    private static ErasureRequest mine(ErasureRequest asked, Party caller) {
        if (!asked.askedBy().equals(caller)) {
            throw unconfirmed(
                    "Somebody else has asked for it already; right would be to read what would be erased, and to confirm '"
                            + asked.id() + "'");
        }
        return asked;
    }

    private ErasureRequest add(String person, Party caller) {
        var now = clock.instant();
        var request = new ErasureRequest(ids.next(), person, caller, now, now.plus(TwoPeople.PATIENCE));
        var sealed = databases.sealing(binding.tenant().id()).encrypt(person, bound(request.id()));
        return database().inTransaction(AuditEntry.of(AuditAction.CREATE, TYPE, request.id() + "/" + caller), tx -> {
            tx.handle()
                    .createUpdate(
                            "insert into erasure_request (id, person, asked_by, asked_at, expires_at) values (:id, :person, :by, :at, :expires)")
                    .bind("id", request.id())
                    .bind("person", sealed)
                    .bind("by", caller.toString())
                    .bind("at", now)
                    .bind("expires", request.expiresAt())
                    .execute();
            return request;
        });
    }

    /** What waits, the oldest first. */
    List<ErasureRequest> pending() {
        return database().inTransaction(AuditEntry.list(TYPE),
                tx -> rows(select(tx.handle(), "true").bind("now", clock.instant())));
    }

    /**
     * The caller confirms: both persons are in the trail before anything is erased. What was confirmed waits still, so that an erasure which failed or was cut off, at whatever point, can be gone on with, until {@link #done}.
     *
     * @param person whom the caller wants to be erased
     * @throws ProblemException {@code problem/not-found} when it does not wait any more, {@code problem/conflict} when it is about somebody else, or the caller is no second person
     */
    ErasureRequest confirm(UUID id, String person) {
        var request = data.lookUp(handle -> find(handle, id)).orElseThrow(ErasureRequests::gone);
        if (!request.person().equals(person.strip())) {
            throw unconfirmed("The request '" + id
                    + "' is about somebody else; right would be the id of the person whom it is about");
        }
        var second = twoPeople.second(request.askedBy());
        return database().inTransaction(
                AuditEntry.of(AuditAction.DELETE, "Erasure", id + "/" + request.askedBy() + "/" + second),
                tx -> find(tx.handle(), id).orElseThrow(ErasureRequests::gone));
    }

    /** It was erased. */
    void done(ErasureRequest request) {
        remove(request.id(), AuditAction.CHANGE);
    }

    /** Somebody takes it back. @throws ProblemException {@code problem/not-found} when it does not wait any more */
    void withdraw(UUID id) {
        if (remove(id, AuditAction.DELETE) == 0) {
            throw gone();
        }
    }

    private int remove(UUID id, AuditAction action) {
        return database().inTransaction(AuditEntry.of(action, TYPE, id.toString()),
                tx -> tx.handle().createUpdate("delete from erasure_request where id = :id").bind("id", id).execute());
    }

    private Optional<ErasureRequest> find(Handle handle, UUID id) {
        return rows(select(handle, "id = :id").bind("id", id).bind("now", clock.instant())).stream().findFirst();
    }

    private static Query select(Handle handle, String condition) {
        return handle.createQuery("select id, person, asked_by, asked_at, expires_at from erasure_request where "
                + condition + " and expires_at > :now order by asked_at, id");
    }

    private List<ErasureRequest> rows(Query query) {
        var sealing = databases.sealing(binding.tenant().id());
        return query.map((row, context) -> {
            var id = row.getObject(1, UUID.class);
            return new ErasureRequest(id,
                    sealing.decrypt(row.getString(2), bound(id))
                            .orElseThrow(() -> new IllegalStateException(
                                    "Request '" + id + "' was altered, or sealed under another key")),
                    Party.parse(row.getString(3)), row.getTimestamp(4).toInstant(), row.getTimestamp(5).toInstant());
        }).list();
    }

    private TenantDatabase database() {
        return data.forPlugin(TenantDatabases.CORE);
    }

    private static String bound(UUID id) {
        return "erasure_request.person|" + id;
    }

    private static ProblemException unconfirmed(String why) {
        return new ProblemException(Problem.CONFLICT, why, List.of(new FieldError("/confirms", "unconfirmed", why)));
    }

    private static ProblemException gone() {
        return new ProblemException(Problem.NOT_FOUND,
                "There is no such request any more: it was carried out, withdrawn, or is older than "
                        + TwoPeople.PATIENCE.toDays() + " days; right would be to ask anew");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.epr.exchange.Delivery.State;
import org.sluse.epr.exchange.EprSystem.Finding;
import org.sluse.epr.exchange.EprSystem.Outcome;
import org.sluse.epr.patient.Patient;
import org.sluse.epr.patient.PatientChanges;
import org.sluse.epr.patient.Patients;
import org.sluse.timer.Timer;

/**
 * Sends what is due, one at a time, in order for each patient. No transaction is open while the record is talked to: SENDING is committed before, the outcome after, so that
 * a process that dies in between leaves an unknown outcome, and that is looked for before anything is sent again.
 */
@Dependent
public final class DeliveryTimer implements Timer {

    static final String NAME = "deliver";

    /** A completion that commits while a run is under way may have been overlooked by it. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(5);

    private final TenantDatabase database;
    private final Completions completions;
    private final Patients patients;
    private final PatientChanges changes;
    private final EprSystem record;
    private final Clock clock;

    @Inject
    DeliveryTimer(TenantDatabase database, Completions completions, Patients patients, PatientChanges changes,
            EprSystem record, Clock clock) {
        this.database = database;
        this.completions = completions;
        this.patients = patients;
        this.changes = changes;
        this.record = record;
        this.clock = clock;
    }

    private record Work(Delivery delivery, Completed completed, Patient patient) {}

    @Override
    public String name() {
        return NAME;
    }

    /** Ends at the first attempt that did not reach the record: the others would not either. One is tried each few seconds until it answers. */
    @Override
    public Optional<Instant> run(Instant now) {
        var tried = new HashSet<UUID>();
        for (var work = nextDue(tried); work.isPresent(); work = nextDue(tried)) {
            tried.add(work.get().delivery().id());
            if (!attempt(work.get())) {
                return Optional.of(clock.instant().plus(SECOND_LOOK));
            }
        }
        return nextRun(!tried.isEmpty());
    }

    private Optional<Work> nextDue(HashSet<UUID> tried) {
        return database.inTransaction(AuditEntry.list("Delivery"), tx -> OutboxStore.heads(tx)
                .stream()
                .filter(head -> !tried.contains(head.id()) && !head.nextAttempt().isAfter(clock.instant()))
                .findFirst()
                .map(head -> new Work(head, completions.whole(tx, head.assessment()),
                        patients.known(tx, head.patient()))));
    }

    private Optional<Instant> nextRun(boolean worked) {
        var next = database.inTransaction(AuditEntry.list("Delivery"),
                tx -> OutboxStore.heads(tx).stream().map(Delivery::nextAttempt).min(Instant::compareTo));
        var secondLook = clock.instant().plus(SECOND_LOOK);
        return worked ? Optional.of(next.filter(secondLook::isAfter).orElse(secondLook)) : next;
    }

    /** Whether the record could be talked to. */
    private boolean attempt(Work work) {
        var delivery = work.delivery();
        if (delivery.state() == State.SENDING || delivery.state() == State.UNKNOWN) {
            switch (record.find(work.completed(), work.patient())) {
                case Finding.There(var location) -> {
                    delivered(work, delivery.attempts(), "looked-and-found", location);
                    return true;
                }
                case Finding.NoAnswer(var detail) -> {
                    again(work, State.UNKNOWN, delivery.attempts() + 1, "looked-without-answer", detail,
                            Optional.empty());
                    return false;
                }
                case Finding.NotThere() -> change(work, tx -> OutboxStore.append(tx, delivery,
                        clock.instant(), "looked-and-not-found", null));
            }
        }
        var attempts = delivery.attempts() + 1;
        if (!begin(work, attempts)) {
            return true;
        }
        return switch (record.send(work.completed(), work.patient())) {
            case Outcome.Accepted(var location) -> delivered(work, attempts, "accepted", location);
            case Outcome.TryLater(var detail, var after) ->
                again(work, State.WAITING, attempts, "not-reached", detail, after);
            case Outcome.Unknown(var detail) ->
                again(work, State.UNKNOWN, attempts, "no-answer", detail, Optional.empty());
            case Outcome.NoMatch(var several) ->
                stopped(work, State.PARKED, attempts, several ? "several-match" : "no-match", "");
            case Outcome.Refused(var words) -> stopped(work, State.REFUSED, attempts, "refused", words);
            case Outcome.Off() -> {
                change(work, tx -> OutboxStore.update(tx.handle(), delivery.id(), State.QUEUED, null,
                        delivery.attempts(), delivery.nextAttempt(), null));
                yield false;
            }
        };
    }

    /** Whether it is still to be sent: the patient may have been erased since it was looked for. */
    private boolean begin(Work work, int attempts) {
        var delivery = work.delivery();
        var entry = AuditEntry.of(AuditAction.CHANGE, "Delivery", delivery.id().toString())
                .about(work.patient().id().toString());
        return database.inTransaction(entry, tx -> {
            if (OutboxStore.find(tx, delivery.id()).isEmpty()) {
                return false;
            }
            OutboxStore.update(tx.handle(), delivery.id(), State.SENDING, null, attempts, delivery.nextAttempt(), null);
            OutboxStore.sendsAs(tx, delivery.id(), work.patient());
            changes.changed(tx, work.patient().id());
            return true;
        });
    }

    private boolean delivered(Work work, int attempts, String what, String location) {
        return change(work, tx -> {
            OutboxStore.update(tx.handle(), work.delivery().id(), State.DELIVERED, null, attempts, clock.instant(),
                    location);
            OutboxStore.append(tx, work.delivery(), clock.instant(), what, location);
        });
    }

    /** False: the record is silent. */
    private boolean again(Work work, State state, int attempts, String what, String detail, Optional<Duration> after) {
        if (attempts >= BackOff.LAST_ATTEMPT) {
            stopped(work, State.GIVEN_UP, attempts, "given-up", Integer.toString(attempts));
            return false;
        }
        var wait = BackOff.after(attempts, work.delivery().id());
        var next = clock.instant().plus(after.filter(asked -> asked.compareTo(wait) > 0).orElse(wait));
        change(work, tx -> {
            OutboxStore.update(tx.handle(), work.delivery().id(), state, null, attempts, next, null);
            OutboxStore.append(tx, work.delivery(), clock.instant(), what, detail.isEmpty() ? null : detail);
        });
        return false;
    }

    private boolean stopped(Work work, State state, int attempts, String reason, String words) {
        return change(work, changes::needsChanged, tx -> {
            OutboxStore.update(tx.handle(), work.delivery().id(), state, reason, attempts, clock.instant(), null);
            OutboxStore.append(tx, work.delivery(), clock.instant(), reason, words.isEmpty() ? null : words);
        });
    }

    private boolean change(Work work, Consumer<Transaction> change) {
        return change(work, changes::changed, change);
    }

    private boolean change(Work work, BiConsumer<Transaction, UUID> told, Consumer<Transaction> change) {
        var entry = AuditEntry.of(AuditAction.CHANGE, "Delivery", work.delivery().id().toString())
                .about(work.patient().id().toString());
        return database.inTransaction(entry, tx -> {
            change.accept(tx);
            told.accept(tx, work.patient().id());
            return true;
        });
    }
}

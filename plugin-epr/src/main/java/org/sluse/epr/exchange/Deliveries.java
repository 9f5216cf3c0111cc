// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.epr.patient.Patient;
import org.sluse.epr.patient.PatientChanges;
import org.sluse.epr.patient.Patients;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;
import org.sluse.timer.Timers;

/** What practitioners see and decide of deliveries; only those of patients whom they treat. */
@Dependent
public final class Deliveries {

    /** It is under way or in the record. */
    static final Problem NOT_STOPPED = new Problem("delivery-not-stopped", "This delivery needs nobody", 409);

    private final TenantDatabase database;
    private final TenantContext context;
    private final Completions completions;
    private final Patients patients;
    private final PatientChanges changes;
    private final EprSystem record;
    private final Timers timers;
    private final Clock clock;

    @Inject
    Deliveries(TenantDatabase database, TenantContext context, Completions completions, Patients patients,
            PatientChanges changes, EprSystem record, Timers timers, Clock clock) {
        this.database = database;
        this.context = context;
        this.completions = completions;
        this.patients = patients;
        this.changes = changes;
        this.record = record;
        this.timers = timers;
        this.clock = clock;
    }

    /** A delivery with whom and what it is about, and whether it waits behind a parked one. */
    record Shown(Delivery delivery, Completions.About about, Patient patient, boolean heldBack) {

        /** What is in the record keeps the number that it came with, whatever was corrected since. */
        Patient asDelivered() {
            return delivery.state() == Delivery.State.DELIVERED
                    ? delivery.sentNumber().map(patient::numbered).orElse(patient)
                    : patient;
        }
    }

    List<Shown> list() {
        return list(any -> true);
    }

    private List<Shown> list(Predicate<Delivery> wanted) {
        return database.inTransaction(AuditEntry.list("Delivery"),
                tx -> shown(tx, OutboxStore.of(tx, context.actor().id()).stream().filter(wanted)));
    }

    /** Those that need a person. */
    public List<DeliveryView> stopped() {
        return list(one -> one.state().needsAPerson()).stream().map(DeliveryView::of).toList();
    }

    /** The delivery of an assessment, or nothing as long as it is not completed. */
    List<Shown> ofAssessment(String assessment) {
        return database.inTransaction(AuditEntry.list("Delivery"),
                tx -> shown(tx,
                        Patients.parse(assessment).flatMap(id -> OutboxStore.ofAssessment(tx, id)).stream()));
    }

    /** The message as it is in the record, or as it would leave now. */
    String message(String id) {
        return database.inTransaction(
                AuditEntry.read("Delivery", Patients.parse(id).orElseThrow(ProblemException::notFound).toString()),
                tx -> {
                    var one = require(tx, id);
                    Patients.recordEach(tx, "Delivery", Stream.of(one.patient().id()));
                    return record.message(completions.whole(tx, one.delivery().assessment()), one.asDelivered());
                });
    }

    /** Sends again what a person had to look at; counted anew. */
    void resend(String id) {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Delivery",
                Patients.parse(id).orElseThrow(ProblemException::notFound).toString()), tx -> {
                    var one = require(tx, id).delivery();
                    if (!one.state().needsAPerson()) {
                        throw new ProblemException(NOT_STOPPED, "Delivery '" + id + "' is " + one.state()
                                + "; only what is parked, refused or given up is sent again by hand");
                    }
                    OutboxStore.update(tx.handle(), one.id(), Delivery.State.UNKNOWN, null, 0, clock.instant(), null);
                    OutboxStore.append(tx, one, clock.instant(), "sent-again-by-hand", null);
                    changes.needsChanged(tx, one.patient());
                    tx.afterCommit(() -> timers.wake(DeliveryTimer.NAME));
                    return true;
                });
    }

    private List<Shown> shown(Transaction tx, Stream<Delivery> found) {
        var all = found.map(one -> shown(tx, one)).toList();
        Patients.recordEach(tx, "Delivery", all.stream().map(one -> one.patient().id()));
        return all;
    }

    private Shown require(Transaction tx, String id) {
        var delivery = Patients.parse(id)
                .flatMap(uuid -> OutboxStore.find(tx, uuid))
                .orElseThrow(ProblemException::notFound);
        return shown(tx, delivery);
    }

    private Shown shown(Transaction tx, Delivery delivery) {
        return new Shown(delivery, completions.about(tx, delivery.assessment()),
                patients.require(tx, delivery.patient().toString()),
                OutboxStore.isHeldBack(tx.handle(), delivery.id()));
    }
}

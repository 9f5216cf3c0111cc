// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.epr.patient.PatientChanges;
import org.sluse.epr.patient.Patients;
import org.sluse.timer.Timer;

/**
 * Passes a safety question on to the deputy when nobody has reviewed it in time. The deputy treats the patient from then on, as whoever the patient was already treated by goes on to do: a
 * colleague who is to act must be able to see and to go on seeing.
 */
@Dependent
public final class DeputyTimer implements Timer {

    static final String NAME = "pass-on";

    private final TenantDatabase database;
    private final Patients patients;
    private final PatientChanges changes;
    private final Staff staff;

    @Inject
    DeputyTimer(TenantDatabase database, Patients patients, PatientChanges changes, Staff staff) {
        this.database = database;
        this.patients = patients;
        this.changes = changes;
        this.staff = staff;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Nothing is passed on to somebody who no longer treats patients at the clinic; whoever sets another deputy wakes this. */
    @Override
    public Optional<Instant> run(Instant now) {
        var treating = staff.with(Role.PRACTITIONER).stream().map(Staff.Member::id).toList();
        return database.inTransaction(AuditEntry.list("SafetyFlag"),
                tx -> DeputyStore.find(tx)
                        .filter(deputy -> treating.contains(deputy.practitioner()))
                        .flatMap(deputy -> passOn(tx, deputy, now)));
    }

    private Optional<Instant> passOn(Transaction tx, Deputy deputy, Instant now) {
        SafetyFlagStore.raisedUntil(tx, now.minus(deputy.after())).forEach(one -> {
            SafetyFlagStore.passOn(tx, one.assessment(), deputy.practitioner(), now);
            patients.takeOver(tx, one.patient(), deputy.practitioner(), now);
            tx.record(AuditEntry.of(AuditAction.CHANGE, "SafetyFlag", one.assessment().toString())
                    .about(one.patient().toString()));
            changes.needsChanged(tx, one.patient());
        });
        return SafetyFlagStore.nextRaised(tx).map(raised -> raised.plus(deputy.after()));
    }
}

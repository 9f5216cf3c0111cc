// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.epr.assessment.Assessments.Result;
import org.sluse.epr.patient.PatientChanges;
import org.sluse.epr.patient.Patients;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;

/** Use cases around safety flags: what waits, and what was done about it. {@link Assessments} raises one with the answer that is saved. */
@Dependent
public final class SafetyFlags {

    /** A colleague has acknowledged the flag, or there is none. */
    static final Problem NOTHING_TO_ACKNOWLEDGE = new Problem("nothing-to-acknowledge",
            "Nothing is left to acknowledge", 409);

    private static final int LONGEST_NOTE = 2000;

    private final TenantDatabase database;
    private final TenantContext context;
    private final Patients patients;
    private final Assessments assessments;
    private final Clock clock;
    private final PatientChanges changes;

    @Inject
    public SafetyFlags(TenantDatabase database, TenantContext context, Patients patients, Assessments assessments,
            Clock clock, PatientChanges changes) {
        this.database = database;
        this.context = context;
        this.patients = patients;
        this.assessments = assessments;
        this.clock = clock;
        this.changes = changes;
    }

    /** What waits to be acknowledged by whoever asks, the oldest first. */
    public List<Result> unacknowledged() {
        return database.inTransaction(AuditEntry.list("SafetyFlag"),
                tx -> {
                    var waiting = AssessmentStore.withOpenFlags(tx, context.actor().id())
                            .stream()
                            .map(one -> new Result(one, patients.known(tx, one.patient()),
                                    SafetyFlagStore.find(tx, one)))
                            .toList();
                    Patients.recordEach(tx, "SafetyFlag", waiting.stream().map(one -> one.patient().id()));
                    return waiting;
                });
    }

    /**
     * Acknowledges the flag of an assessment, once.
     *
     * @param note what was done, 1 to 2,000 characters
     */
    Result acknowledge(String id, String note) {
        if (note.isBlank() || note.length() > LONGEST_NOTE) {
            throw ProblemException.notAllowed("/note", "note",
                    "The note has no text or more than " + LONGEST_NOTE + " characters");
        }
        return assessments.changing(id, (tx, result) -> {
            var seen = new SafetyFlag.Acknowledged(clock.instant(), context.actor().id(), note.strip());
            if (!SafetyFlagStore.acknowledge(tx, result.assessment(), seen)) {
                throw new ProblemException(NOTHING_TO_ACKNOWLEDGE,
                        "Assessment '" + id + "' has no flag that waits; it may have been acknowledged meanwhile");
            }
            tx.record(AuditEntry.of(AuditAction.CHANGE, "SafetyFlag", id).about(result.patient().id().toString()));
            var reviewed = assessments.result(tx, result.assessment().id());
            changes.needsChanged(tx, result.patient().id());
            return reviewed;
        });
    }
}

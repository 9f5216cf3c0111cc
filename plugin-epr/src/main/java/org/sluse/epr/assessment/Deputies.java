// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;
import org.sluse.timer.Timers;

/** Use cases around who looks at a safety question that nobody has reviewed; {@link DeputyTimer} passes it on. */
@Dependent
public final class Deputies {

    private static final String OBJECT = "Deputy";

    private final TenantDatabase database;
    private final TenantContext context;
    private final Staff staff;
    private final Timers timers;
    private final Clock clock;

    @Inject
    Deputies(TenantDatabase database, TenantContext context, Staff staff, Timers timers, Clock clock) {
        this.database = database;
        this.context = context;
        this.staff = staff;
        this.timers = timers;
        this.clock = clock;
    }

    /** Empty: a question that nobody reviews stays with whoever treats the patient. */
    Optional<Deputy> find() {
        return database.inTransaction(AuditEntry.list(OBJECT), DeputyStore::find);
    }

    /** What waits longer already is passed on at once. */
    Deputy set(String practitioner, int minutes) {
        if (staff.with(Role.PRACTITIONER).stream().noneMatch(one -> one.id().equals(practitioner))) {
            throw ProblemException.notAllowed("/practitioner", "unknown",
                    "Nobody who treats patients has this id; right would be one of the clinic's practitioners");
        }
        if (!Deputy.isAllowed(minutes)) {
            throw ProblemException.notAllowed("/afterMinutes", "deputy-after", "The time is not " + Deputy.SHORTEST
                    + " to " + Deputy.LONGEST + " minutes");
        }
        var deputy = new Deputy(practitioner, Duration.ofMinutes(minutes), clock.instant());
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, OBJECT, "deputy"), tx -> {
            DeputyStore.set(tx, deputy, context.actor().id());
            tx.afterCommit(() -> timers.wake(DeputyTimer.NAME));
            return deputy;
        });
    }

    void remove() {
        database.inTransaction(AuditEntry.of(AuditAction.DELETE, OBJECT, "deputy"), tx -> {
            DeputyStore.remove(tx);
            return true;
        });
    }
}

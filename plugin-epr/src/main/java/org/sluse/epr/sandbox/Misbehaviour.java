// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.problem.ProblemException;

/** What the sandbox does wrong for its next requests, because somebody wants to see how that is borne. */
@Dependent
final class Misbehaviour {

    /** One way to be a bad record. */
    enum Kind {
        /** Answers after 5 seconds. */
        SLOW,
        /** Says 412 to a message. */
        PRECONDITION_FAILED,
        /** Says 503 with Retry-After. */
        BUSY,
        /** Stores a message, and the answer is lost on its way. */
        LOST_ANSWER
    }

    private final TenantDatabase database;

    @Inject
    Misbehaviour(TenantDatabase database) {
        this.database = database;
    }

    /** @param times for how many messages, 0 to 100; 0 ends it */
    void order(Kind kind, int times) {
        if (times < 0 || times > 100) {
            throw ProblemException.notAllowed("/times", "out-of-bounds", "The number is not one from 0 to 100");
        }
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "SandboxMisbehaviour", kind.name()),
                tx -> tx.handle()
                        .createUpdate("""
                                insert into sandbox_misbehaviour (kind, times) values (:kind, :times)
                                on conflict (only_row) do update set kind = excluded.kind, times = excluded.times""")
                        .bind("kind", kind.name())
                        .bind("times", times)
                        .execute());
    }

    /** What the next message is to suffer; counts it. */
    Optional<Kind> take() {
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "SandboxMisbehaviour", "*"),
                tx -> tx.handle()
                        .createQuery("update sandbox_misbehaviour set times = times - 1 where times > 0 returning kind")
                        .mapTo(String.class)
                        .findOne()
                        .map(Kind::valueOf));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.timer.Timer;

/** Ends each session that nobody has ended, once its time is over, so that nobody stands in a waiting room of yesterday; one to which nobody came was missed. */
@Dependent
public final class OverdueSessions implements Timer {

    static final String NAME = "close";

    /** One run ends no more; the next follows at once. */
    private static final int MOST = 100;

    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final SessionListener listener;

    @Inject
    public OverdueSessions(TenantDatabase database, VideoSessionStore store, SessionListener listener) {
        this.database = database;
        this.store = store;
        this.listener = listener;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Instant> run(Instant now) {
        var overdue = database.inTransaction(AuditEntry.list("VideoSession"), tx -> store.overdue(tx, now, MOST));
        overdue.forEach(id -> end(id, now));
        return database.inTransaction(AuditEntry.list("VideoSession"), store::nextEnd);
    }

    /** Each in a transaction of its own: somebody may be entering, or have ended it, since it was looked for. */
    private void end(UUID id, Instant now) {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "VideoSession", id.toString()), tx -> {
            var found = store.find(tx, id)
                    .filter(session -> !session.state().isOver() && !session.endsAt().isAfter(now))
                    .map(session -> session.overdue(now));
            found.ifPresent(over -> {
                store.update(tx, over);
                tx.afterCommit(() -> listener.over(over));
            });
            return found.isPresent();
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import org.sluse.data.Transaction;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.CompletionListener;
import org.sluse.id.Ids;
import org.sluse.timer.Timers;

/** Where completed assessments wait for the record; written in the transaction that completes them, so that none is lost and none is there by mistake. */
@Dependent
public final class Outbox implements CompletionListener {

    private final Timers timers;
    private final Clock clock;
    private final Ids ids;

    @Inject
    Outbox(Timers timers, Clock clock, Ids ids) {
        this.timers = timers;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void completed(Transaction tx, Assessment assessment) {
        var id = ids.next();
        var now = clock.instant();
        OutboxStore.insert(tx, id, assessment.id(), assessment.patient(), now);
        OutboxStore.append(tx, id, assessment.patient(), now, "sent-by-patient", null);
        OutboxStore.append(tx, id, assessment.patient(), now,
                assessment.score().isPresent() ? "added-up" : "not-added-up",
                assessment.score().map(score -> score.total().toPlainString()).orElse(null));
        tx.afterCommit(() -> timers.wake(DeliveryTimer.NAME));
    }
}

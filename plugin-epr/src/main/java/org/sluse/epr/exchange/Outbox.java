// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import org.sluse.data.Transaction;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.CompletionListener;
import org.sluse.epr.form.FormAssessment;
import org.sluse.epr.form.FormExtracts;
import org.sluse.epr.form.FormListener;
import org.sluse.id.Ids;
import org.sluse.timer.Timers;

/** Where what patients have sent waits for the record; written in the transaction that completes it, so that nothing is lost and nothing is there by mistake. */
@Dependent
public final class Outbox implements CompletionListener, FormListener {

    private final Timers timers;
    private final Clock clock;
    private final Ids ids;
    private final FormExtracts extracts;

    @Inject
    public Outbox(Timers timers, Clock clock, Ids ids, FormExtracts extracts) {
        this.timers = timers;
        this.clock = clock;
        this.ids = ids;
        this.extracts = extracts;
    }

    @Override
    public void completed(Transaction tx, Assessment assessment) {
        var id = ids.next();
        var now = clock.instant();
        OutboxStore.insert(tx, id, assessment, now);
        OutboxStore.append(tx, id, assessment.patient(), now, "sent-by-patient", null);
        OutboxStore.append(tx, id, assessment.patient(), now,
                assessment.score().isPresent() ? "added-up" : "not-added-up",
                assessment.score().map(score -> score.total().toPlainString()).orElse(null));
        tx.afterCommit(() -> timers.wake(DeliveryTimer.NAME));
    }

    @Override
    public void completed(Transaction tx, FormAssessment assessment, String response) {
        var id = ids.next();
        var now = clock.instant();
        OutboxStore.insert(tx, id, assessment, now);
        OutboxStore.append(tx, id, assessment.patient(), now, "sent-by-patient", null);
        var missing = extracts.issues(assessment, response);
        if (!missing.isEmpty()) {
            OutboxStore.append(tx, id, assessment.patient(), now, "extracted-partly", String.join("; ", missing));
        }
        tx.afterCommit(() -> timers.wake(DeliveryTimer.NAME));
    }
}

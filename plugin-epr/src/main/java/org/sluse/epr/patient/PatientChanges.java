// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.sluse.data.ChangeNumbers;
import org.sluse.data.Transaction;
import org.sluse.tenant.TenantContext;

/** Tells the open pages of whoever treats a patient that something about them has changed, and not what: they read again, and are audited, only then. */
@Dependent
public final class PatientChanges {

    private static final String NEEDS = "needs ";
    private static final String RECORDS = "records ";

    private final ChangeNumbers numbers;
    private final TenantContext context;

    @Inject
    public PatientChanges(ChangeNumbers numbers, TenantContext context) {
        this.numbers = numbers;
        this.context = context;
    }

    /**
     * Opaque numbers; one is another one when something has changed for whoever asks.
     *
     * @param needs what waits for them: safety questions that nobody has reviewed, deliveries that stopped
     * @param records anything about the patients whom they treat
     */
    public record Numbers(long needs, long records) {}

    /** The numbers of whoever acts. Reads nobody's data. */
    public Numbers now() {
        var who = context.actor().id();
        var now = numbers.now(List.of(NEEDS + who, RECORDS + who));
        return new Numbers(now.getOrDefault(NEEDS + who, 0L), now.getOrDefault(RECORDS + who, 0L));
    }

    /** Something about the patient is new. Once in a transaction and last, see {@link ChangeNumbers#raise}. */
    public void changed(Transaction tx, UUID patient) {
        raise(tx, patient, List.of(RECORDS));
    }

    /** The same, and somebody is needed for it who was not, or no longer. */
    public void needsChanged(Transaction tx, UUID patient) {
        raise(tx, patient, List.of(NEEDS, RECORDS));
    }

    private void raise(Transaction tx, UUID patient, List<String> kinds) {
        var treating = tx.handle()
                .createQuery("select practitioner from treatment where patient_id = :patient")
                .bind("patient", patient)
                .mapTo(String.class)
                .list();
        numbers.raise(tx, treating.stream().flatMap(who -> kinds.stream().map(kind -> kind + who)).toList());
    }
}

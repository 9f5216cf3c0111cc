// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import org.hl7.fhir.r4.model.Bundle;

/** POST to the base. Public, since HAPI calls its method by reflection. */
public final class TransactionProvider {

    private final SandboxRecord record;

    TransactionProvider(SandboxRecord record) {
        this.record = record;
    }

    @Transaction
    public Bundle transaction(@TransactionParam Bundle bundle) {
        return record.transaction(bundle);
    }
}

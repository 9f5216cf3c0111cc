// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import org.sluse.data.Transaction;

/** Whoever has to know that an assessment has been completed, in the same transaction. */
public interface CompletionListener {

    /** Called once for each assessment. What it throws rolls the completion back. */
    void completed(Transaction tx, Assessment assessment);
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import org.sluse.data.Transaction;

/** Whoever has to know that answers to a form have been sent, in the same transaction. */
public interface FormListener {

    /**
     * Called once for each. What it throws rolls the sending back.
     *
     * @param response what was sent: a QuestionnaireResponse of FHIR R4 as JSON, completed, that names nobody
     */
    void completed(Transaction tx, FormAssessment assessment, String response);
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import java.util.UUID;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.form.FormAssessment;

/** What a patient has sent, and the record is to have. */
public sealed interface Completed {

    /** Of the assessment, random and known to nobody else. */
    UUID id();

    /** An instrument of the catalogue. */
    record OfInstrument(Assessment assessment) implements Completed {
        @Override
        public UUID id() {
            return assessment.id();
        }
    }

    /** A form of the clinic's own. @param response a QuestionnaireResponse as JSON, completed, that names nobody */
    record OfForm(FormAssessment assessment, String response) implements Completed {
        @Override
        public UUID id() {
            return assessment.id();
        }
    }
}

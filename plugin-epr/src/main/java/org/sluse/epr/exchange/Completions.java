// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sluse.data.Transaction;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.Assessments;
import org.sluse.epr.form.FormAssessment;
import org.sluse.epr.form.FormAssessments;

/** What a delivery is about. */
@Dependent
public final class Completions {

    private final Assessments assessments;
    private final FormAssessments forms;

    @Inject
    public Completions(Assessments assessments, FormAssessments forms) {
        this.assessments = assessments;
        this.forms = forms;
    }

    /** @param isForm whether it is of the clinic's own, and has a page of its own */
    record About(String title, Optional<Instant> completedAt, boolean isForm) {}

    About about(Transaction tx, UUID assessment) {
        return forms.known(tx, assessment)
                .map(form -> new About(form.form().title(), form.completedAt(), true))
                .orElseGet(() -> about(assessments.known(tx, assessment)));
    }

    private static About about(Assessment assessment) {
        return new About(assessment.instrument().title(), assessment.completedAt(), false);
    }

    /** With everything that was answered. */
    Completed whole(Transaction tx, UUID assessment) {
        return forms.known(tx, assessment)
                .<Completed>map(form -> whole(tx, form))
                .orElseGet(() -> new Completed.OfInstrument(assessments.known(tx, assessment)));
    }

    private Completed whole(Transaction tx, FormAssessment form) {
        return new Completed.OfForm(form, forms.response(tx, form));
    }
}

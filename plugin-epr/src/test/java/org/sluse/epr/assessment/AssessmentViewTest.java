// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditEntry;
import org.sluse.epr.Clinic;
import org.sluse.epr.assessment.AssessmentView.EarlierView;
import org.sluse.epr.assessment.AssessmentView.ResultView;

class AssessmentViewTest {

    private final Clinic clinic = new Clinic();

    @Test
    void a_score_says_of_which_version_of_the_questionnaire_it_is() {
        var patient = clinic.patient("17");
        var older = of(clinic.answered(patient, 3, 3, 3, 3, 3, 3, 3, 3, 3), "0.9.0");
        var newer = clinic.answered(patient, 1, 1, 1, 1, 1, 1, 1, 1, 0);

        var view = ResultView.of(clinic.assessments.get(newer.id().toString()), List.of(older), id -> "");

        assertThat(view.assessment().version()).isEqualTo("1.0.0");
        assertThat(view.earlier()).extracting(EarlierView::version).containsExactly("0.9.0");
    }

    @Test
    void one_of_a_version_that_was_taken_out_of_the_catalogue_is_not_read_as_another_one() {
        var patient = clinic.patient("17");
        var sent = clinic.answered(patient, 3, 3, 3, 3, 3, 3, 3, 3, 3);
        clinic.database.inTransaction(AuditEntry.list("Assessment"),
                tx -> tx.handle().execute("update assessment set instrument_version = '0.9.0'"));

        assertThatThrownBy(() -> clinic.assessments.get(sent.id().toString())).hasMessage(
                "No version '0.9.0' of instrument 'phq-9' is known; right would be to keep each that was ever asked");
    }

    private static Assessment of(Assessment one, String version) {
        var asked = one.instrument();
        return new Assessment(one.id(), one.patient(),
                new Instrument(asked.id(), version, asked.title(), asked.panel(), asked.total(), asked.stem(),
                        asked.items(), asked.scoring(), asked.safety(), asked.refused(), asked.notice()),
                one.language(), one.practitioner(), one.state(), one.assignedAt(), one.expiresAt(), one.savedAt(),
                one.completedAt(), one.answers());
    }
}

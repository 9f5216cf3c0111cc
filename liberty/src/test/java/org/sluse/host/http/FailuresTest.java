// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownIds;

class FailuresTest {

    private final Failures failures = new Failures(new KnownIds());

    @Test
    void what_is_told_on_purpose_is_passed_on_however_deep_it_lies() {
        var answer = failures.answer(new IllegalStateException(new ProblemException(Problem.CONFLICT, "It has ended")));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.detail()).isEqualTo("It has ended");
    }

    @Test
    void what_nobody_foresaw_has_a_number_and_no_word_of_its_cause() {
        var answer = failures.answer(new IllegalStateException("number 12057900499"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.incident()).isPresent();
        assertThat(answer.detail()).doesNotContain("12057900499");
    }

    @Test
    void a_recipient_that_is_down_or_silent_is_not_available_and_nobodys_defect() {
        var down = failures.answer(new NotSentException("10.0.0.1 refused", new IOException()));
        var silent = failures.answer(new NoAnswerException("10.0.0.1 reset", new IOException()));

        assertThat(down.status()).isEqualTo(503);
        assertThat(down.detail()).contains("nothing was sent").doesNotContain("10.0.0.1");
        assertThat(silent.status()).isEqualTo(503);
        assertThat(silent.detail()).contains("not known").doesNotContain("10.0.0.1");
    }

    @Test
    void a_refusal_of_the_gate_is_told_by_what_the_clinic_can_do_about_it() {
        assertThat(failures.answer(refused(Reason.MODULE_OFF)).status()).isEqualTo(404);
        assertThat(failures.answer(refused(Reason.RECIPIENT_STOPPED)).status()).isEqualTo(503);
        assertThat(failures.answer(refused(Reason.PAPER_MISSING)).status()).isEqualTo(503);
        assertThat(failures.answer(refused(Reason.CATEGORY_NOT_GRANTED)).status()).as("a defect of the plugin")
                .isEqualTo(500);
    }

    private static DisclosureRefusedException refused(Reason reason) {
        return new DisclosureRefusedException(reason, "refused");
    }
}

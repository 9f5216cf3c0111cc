// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sluse.live.CloseCode;
import org.sluse.testkit.ManualClock;
import org.sluse.video.admission.Admission;
import org.sluse.video.session.OverdueSessions;
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.session.SessionState;

/** A session from noon to a quarter to one, which nobody ends. Two hours later nobody can enter it any more. */
class OverdueSessionsTest extends OneSession {

    private static final Duration CLOSES = Duration.ofMinutes(45 + 120);

    @Test
    void planning_one_wakes_the_timer() {
        assertThat(woken).containsExactly("close");
    }

    @Test
    void one_whose_time_is_not_over_stays_and_the_timer_comes_back_when_it_is() {
        assertThat(run()).contains(ManualClock.NOON.plus(CLOSES));

        assertThat(sessions.get(session.id()).admission()).isEqualTo(Admission.WAITING);
    }

    @Test
    void whoever_still_waits_is_told_of_the_end_and_counts_no_more() {
        clock.advance(CLOSES);

        assertThat(run()).isEmpty();

        assertThat(sessions.get(session.id()).state()).isEqualTo(SessionState.ENDED);
        assertThat(sessions.get(session.id()).admission()).isEqualTo(Admission.ENDED);
        assertThat(patient.last("state")).contains("\"ENDED\"");
        assertThat(patient.closed).contains(CloseCode.ENDED);
        assertThat(host.last("waiting")).contains("\"people\":[]");
    }

    @Test
    void whoever_never_came_is_no_longer_invited_and_missed_it() {
        var noShow = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 5", "Kari"));
        clock.advance(CLOSES);

        run();

        assertThat(sessions.get(noShow.id()).admission()).isEqualTo(Admission.ENDED);
        assertThat(sessions.get(noShow.id()).state()).isEqualTo(SessionState.MISSED);
    }

    @Test
    void a_patient_who_came_and_gave_up_has_not_missed_it() {
        handler.received(patient, "{\"type\":\"leave\"}");
        handler.closed(patient);
        clock.advance(CLOSES);

        run();

        assertThat(sessions.get(session.id()).state()).isEqualTo(SessionState.ENDED);
    }

    @Test
    void a_conversation_that_is_under_way_is_not_cut_but_ends_two_hours_later_at_the_latest() {
        admit();
        clock.advance(CLOSES);

        assertThat(run()).contains(ManualClock.NOON.plus(CLOSES).plus(Duration.ofHours(2)));
        assertThat(sessions.get(session.id()).state()).isEqualTo(SessionState.OPEN);

        clock.advance(Duration.ofHours(2));
        run();

        assertThat(sessions.get(session.id()).state()).isEqualTo(SessionState.ENDED);
    }

    @Test
    void one_that_a_patient_has_left_without_a_word_ends_like_any_other() {
        admit();
        handler.closed(patient);
        clock.advance(CLOSES);

        run();

        assertThat(sessions.get(session.id()).state()).isEqualTo(SessionState.ENDED);
    }

    @Test
    void one_that_was_cancelled_stays_so() {
        sessions.cancel(session.id());
        clock.advance(CLOSES);

        assertThat(run()).isEmpty();

        assertThat(sessions.get(session.id()).state()).isEqualTo(SessionState.CANCELLED);
    }

    private Optional<Instant> run() {
        return new OverdueSessions(database, store, news).run(clock.instant());
    }
}

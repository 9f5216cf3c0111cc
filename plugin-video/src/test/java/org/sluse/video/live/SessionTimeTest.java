// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditEntry;
import org.sluse.live.CloseCode;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;
import org.sluse.video.admission.Admission;
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.session.SessionState;
import org.sluse.video.session.SessionTime;
import org.sluse.video.session.SessionView;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessions;

/** A session of noon with a patient who waits, and one of noon to which nobody has come: moved to another time, or missed. */
class SessionTimeTest extends OneSession {

    private static final Instant TOMORROW = ManualClock.NOON.plus(Duration.ofDays(1));

    private SessionView empty;

    @BeforeEach
    void one_to_which_nobody_has_come() {
        empty = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 5", "Ola"));
        woken.clear();
    }

    // ---- Another time ----

    @Test
    void a_moved_session_is_found_at_its_new_time_with_the_same_people() {
        var moved = sessions.move(empty.id(), new SessionTime(TOMORROW, 30));

        assertThat(sessions.get(empty.id())).isEqualTo(moved);
        assertThat(moved.startsAt()).isEqualTo(TOMORROW);
        assertThat(moved.minutes()).isEqualTo(30);
        assertThat(moved.people()).isEqualTo(empty.people());
        assertThat(sessions.list(TOMORROW, TOMORROW.plusSeconds(1))).containsExactly(moved);
    }

    @Test
    void the_links_of_all_its_guests_go_on_working_as_long_as_it_can_be_entered() {
        invite("RELATIVE", "Mother of patient 4", "Anna");

        sessions.move(session.id(), new SessionTime(TOMORROW, 30));

        assertThat(participantIds(session.id())).hasSize(2)
                .allSatisfy(id -> assertThat(links.endOf(id)).isEqualTo(TOMORROW.plus(Duration.ofMinutes(30 + 120))));
    }

    @Test
    void whoever_waits_is_told_and_keeps_the_place() {
        sessions.move(session.id(), new SessionTime(TOMORROW, 45));

        assertThat(patient.last("state")).contains("\"startsAt\":\"" + TOMORROW + "\"", "\"WAITING\"");
        assertThat(host.last("waiting")).contains("\"startsAt\":\"" + TOMORROW + "\"");
        assertThat(patient.closed).isEmpty();
    }

    @Test
    void the_timer_that_ends_sessions_looks_again() {
        sessions.move(empty.id(), new SessionTime(TOMORROW, 45));

        assertThat(woken).containsExactly("close");
    }

    @Test
    void one_in_which_somebody_was_let_in_is_not_moved() {
        admit();

        assertProblem(VideoSessions.BEGUN, () -> sessions.move(session.id(), new SessionTime(TOMORROW, 45)));

        assertThat(sessions.get(session.id()).startsAt()).isEqualTo(ManualClock.NOON);
    }

    @Test
    void one_that_is_over_is_not_moved() {
        sessions.cancel(empty.id());

        assertProblem(VideoSession.CLOSED, () -> sessions.move(empty.id(), new SessionTime(TOMORROW, 45)));
    }

    @Test
    void nobody_moves_the_session_of_another_practitioner() {
        tenant.actingAs(KnownTenant.practitioner("practitioner-2"));

        assertProblem(Problem.NOT_FOUND, () -> sessions.move(empty.id(), new SessionTime(TOMORROW, 45)));
        assertProblem(Problem.NOT_FOUND, () -> sessions.miss(empty.id()));
    }

    @Test
    void everything_that_is_wrong_with_a_time_is_said_at_once() {
        assertThat(wrongWith(new SessionTime(null, 4))).containsExactly("/startsAt required", "/minutes out-of-bounds");
        assertThat(wrongWith(new SessionTime(ManualClock.NOON.plus(Duration.ofDays(731)), 241)))
                .containsExactly("/startsAt too-far", "/minutes out-of-bounds");
        assertThat(wrongWith(new SessionTime(ManualClock.NOON.minus(Duration.ofMinutes(165)), 45)))
                .containsExactly("/startsAt in-the-past");
    }

    // ---- Missed ----

    @Test
    void one_to_which_nobody_has_come_is_missed_and_its_link_lets_nobody_in() {
        sessions.miss(empty.id());

        assertThat(sessions.get(empty.id()).state()).isEqualTo(SessionState.MISSED);
        assertThat(sessions.get(empty.id()).admission()).isEqualTo(Admission.ENDED);
    }

    @Test
    void a_patient_who_waits_has_not_missed_it() {
        assertProblem(VideoSessions.NOT_MISSED, () -> sessions.miss(session.id()));

        assertThat(sessions.get(session.id()).state()).isEqualTo(SessionState.SCHEDULED);
        assertThat(patient.closed).isEmpty();
    }

    @Test
    void nobody_has_missed_what_has_not_begun() {
        sessions.move(empty.id(), new SessionTime(TOMORROW, 45));

        assertProblem(VideoSessions.NOT_MISSED, () -> sessions.miss(empty.id()));
    }

    @Test
    void a_co_host_who_waits_does_not_make_up_for_the_patient_and_is_told() {
        handler.received(patient, "{\"type\":\"leave\"}");
        handler.closed(patient);
        var coHost = coHostWaits();

        sessions.miss(session.id());

        assertThat(coHost.last("state")).contains("\"session\":\"MISSED\"");
        assertThat(coHost.closed).contains(CloseCode.ENDED);
    }

    @Test
    void missing_it_twice_changes_nothing() {
        sessions.miss(empty.id());
        clock.advance(Duration.ofMinutes(1));

        assertThat(sessions.miss(empty.id()).endedAt()).contains(ManualClock.NOON);
    }

    private List<String> participantIds(UUID sessionId) {
        return database.inTransaction(AuditEntry.read("VideoSession", sessionId.toString()),
                tx -> store.find(tx, sessionId)
                        .orElseThrow()
                        .people()
                        .stream()
                        .map(each -> each.id().toString())
                        .toList());
    }

    private List<String> wrongWith(SessionTime when) {
        try {
            sessions.move(empty.id(), when);
            return List.of();
        } catch (ProblemException refused) {
            return refused.errors().stream().map(error -> error.pointer() + " " + error.code()).toList();
        }
    }

    private static void assertProblem(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class,
                thrown -> assertThat(thrown.problem()).isEqualTo(problem));
    }
}

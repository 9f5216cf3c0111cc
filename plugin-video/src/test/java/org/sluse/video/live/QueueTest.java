// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditEntry;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.session.SessionView;

/** A second and a third patient of the same host wait behind the first. */
class QueueTest extends OneSession {

    private SessionView second;
    private SessionView third;
    private RememberingSocket secondPatient;
    private RememberingSocket thirdPatient;

    @BeforeEach
    void two_more_wait() {
        second = plan("Patient 5");
        clock.advance(Duration.ofSeconds(10));
        secondPatient = waits(second);
        third = plan("Patient 6");
        clock.advance(Duration.ofSeconds(10));
        thirdPatient = waits(third);
    }

    @Test
    void each_hears_how_many_wait_before_them() {
        assertThat(patient.last("place")).contains("\"before\":0");
        assertThat(secondPatient.last("place")).contains("\"before\":1");
        assertThat(thirdPatient.last("place")).contains("\"before\":2");
    }

    @Test
    void whoever_is_let_in_leaves_or_is_turned_away_moves_all_behind_them_up_at_once() {
        admit();
        assertThat(secondPatient.last("place")).contains("\"before\":0");
        assertThat(thirdPatient.last("place")).contains("\"before\":1");

        handler.received(secondPatient, "{\"type\":\"leave\"}");

        assertThat(thirdPatient.last("place")).contains("\"before\":0");
    }

    @Test
    void a_session_that_is_cancelled_moves_all_behind_it_up() {
        sessions.cancel(second.id());

        assertThat(thirdPatient.last("place")).contains("\"before\":1");
    }

    @Test
    void nobody_hears_again_what_they_know() {
        var heard = thirdPatient.heard.size();

        handler.received(host, "{\"type\":\"hold\",\"participant\":\"" + session.participant()
                + "\",\"message\":\"Ten minutes\"}");

        assertThat(thirdPatient.heard).hasSize(heard);
    }

    @Test
    void a_change_is_told_to_all_by_one_read() {
        IntStream.range(0, 20).forEach(n -> waits(plan("Patient 1" + n)));
        var before = lists();

        handler.received(secondPatient, "{\"type\":\"leave\"}");

        assertThat(lists() - before).isEqualTo(1);
    }

    @Test
    void a_patient_of_another_host_waits_in_another_line() {
        tenant.actingAs(KnownTenant.practitioner("practitioner-2"));

        assertThat(waits(plan("Patient 7")).last("place")).contains("\"before\":0");
    }

    @Test
    void whoever_closed_the_page_keeps_the_place_and_is_shown_as_not_here() {
        handler.closed(patient);

        assertThat(shown(session)).contains("\"state\":\"WAITING\"").contains("\"here\":false");
        assertThat(shown(second)).contains("\"here\":true");
        assertThat(secondPatient.last("place")).contains("\"before\":1");

        opens(session);

        assertThat(shown(session)).contains("\"here\":true");
    }

    @Test
    void whoever_has_a_newer_page_is_here_though_the_older_one_closes() {
        var newer = opens(session);

        handler.closed(patient);

        assertThat(shown(session)).contains("\"here\":true");
        assertThat(newer.last("place")).contains("\"before\":0");
    }

    @Test
    void after_a_restart_of_the_server_nobody_is_here_until_their_page_is_back() {
        start();
        handler.joined(host, join(tickets.forDesk(session.id()).ticket()));

        assertThat(host.last("waiting")).doesNotContain("\"here\":true");
        assertThat(opens(third).last("place")).contains("\"before\":2");
        assertThat(shown(third)).contains("\"here\":true");
    }

    private SessionView plan(String label) {
        return sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, label, "Kari"));
    }

    private long lists() {
        return database.audit().stream().filter(AuditEntry.list("VideoSession")::equals).count();
    }

    /** What the host's newest list says of the patient. */
    private String shown(SessionView of) {
        return host.last("waiting").replaceAll("^.*(\\{\"participant\":\"" + of.participant() + "\"[^}]*).*$", "$1");
    }
}

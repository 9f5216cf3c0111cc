// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditEntry;
import org.sluse.live.CloseCode;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;
import org.sluse.video.admission.JoinToken;
import org.sluse.video.session.ScheduleSession;

/** A patient who waits, and what the host does. */
class WaitingRoomTest extends OneSession {

    @Test
    void the_host_reads_what_the_device_check_found_also_when_the_server_was_restarted_since() {
        var behind = opens(sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 5", "Ola")));
        handler.received(behind, """
                {"type":"knock","camera":"WORKING","microphone":"UNTRIED","speaker":"MISSING","connection":"WEAK"}""");
        start();

        var again = new RememberingSocket();
        handler.joined(again, join(tickets.forDesk(session.id()).ticket()));

        assertThat(again.last("waiting")).contains("""
                "camera":"WORKING","microphone":"UNTRIED","speaker":"MISSING","connection":"WEAK\"""");
    }

    @Test
    void the_host_sees_who_waits_and_the_patient_gets_the_right_to_media_only_when_let_in() {
        assertThat(host.last("waiting")).contains("Patient 4").contains("\"WAITING\"");
        assertThat(patient.last("admitted")).isEmpty();

        handler.received(host, "{\"type\":\"admit\",\"participant\":\"" + session.participant() + "\"}");

        assertThat(patient.last("state")).contains("\"ADMITTED\"");
        assertThat(patient.last("admitted")).contains("token").doesNotContain("Patient 4");
    }

    @Test
    void the_token_of_no_patient_holds_anything_personal_but_the_display_name() throws ParseException {
        var random = new Random(42);
        for (var i = 0; i < 100; i++) {
            var canaries = List.of("%011d".formatted(random.nextLong(100_000_000_000L)),
                    "+47 4" + random.nextInt(1_000_000, 9_999_999),
                    "p" + random.nextInt(1_000_000) + "@example.org", "19" + random.nextInt(10, 99) + "-02-03");
            session = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, String.join(" ", canaries), "Kari"));
            var socket = new RememberingSocket();
            handler.joined(socket, join(patientTicket()));
            handler.received(socket,
                    KNOCK);

            admit();

            var claims = SignedJWT.parse(token(socket)).getJWTClaimsSet();
            assertThat(claims.getClaims().keySet()).isEqualTo(JoinToken.CLAIMS);
            assertThat(claims.getClaim("name")).isEqualTo("Kari");
            assertThat(claims.toString()).doesNotContain(canaries).doesNotContain(session.id().toString());
            assertThat(String.join("", socket.heard)).doesNotContain(canaries);
            // The label does arrive where it may: the host's own list.
            assertThat(host.last("waiting")).contains(canaries);
            sessions.end(session.id());
        }
    }

    @Test
    void the_audit_trail_names_whom_the_host_looked_up_to_let_them_in() {
        admit();

        assertThat(database.audit()).contains(AuditEntry.read("Participant", session.participant()));
    }

    @Test
    void a_reload_a_cut_and_a_restart_of_the_server_keep_the_place() {
        handler.closed(patient);
        start();
        var again = new RememberingSocket();

        handler.joined(again, join(patientTicket()));

        assertThat(again.last("state")).contains("\"WAITING\"");
    }

    @Test
    void the_newest_socket_wins() {
        var newer = new RememberingSocket();

        handler.joined(newer, join(patientTicket()));
        handler.closed(patient);

        assertThat(patient.closed).contains(CloseCode.REPLACED);
        assertThat(newer.last("state")).contains("\"WAITING\"");
    }

    @Test
    void whoever_is_asked_to_wait_reads_the_hosts_own_words_or_that_they_are_asked_in_the_words_of_their_own_page() {
        tells("hold", ",\"message\":\" Ten minutes \"");
        assertThat(patient.last("state")).contains("\"HELD\"").contains("\"text\":\"Ten minutes\"");

        tells("hold", "");

        assertThat(patient.last("state")).contains("\"HELD\"").contains("\"at\"").doesNotContain("\"text\"");
        assertThat(host.last("waiting")).contains("\"HELD\"").doesNotContain("\"text\"");
    }

    @Test
    void whoever_is_asked_back_waits_at_the_old_place_and_has_to_be_let_in_again() {
        admit();
        clock.advance(Duration.ofMinutes(5));
        var behind = waits(sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 5", "Ola")));

        tells("back", "");

        assertThat(patient.last("state")).contains("\"WAITING\"");
        assertThat(patient.last("place")).contains("\"before\":0");
        assertThat(behind.last("place")).contains("\"before\":1");
        assertThat(patient.closed).isEmpty();
        handler.received(patient, "{\"type\":\"ready\",\"token\":\"" + token(patient) + "\"}");
        assertThat(host.last("start")).isEmpty();
    }

    @Test
    void nobody_who_was_not_let_in_can_be_asked_back() {
        tells("hold", "");

        tells("back", "");

        assertThat(patient.last("state")).contains("\"HELD\"");
    }

    @Test
    void whoever_is_turned_away_out_of_a_conversation_is_sent_away_at_once() {
        admit();

        tells("deny", "");

        assertThat(patient.last("state")).contains("\"DENIED\"");
        assertThat(patient.closed).contains(CloseCode.DENIED);
        assertThat(host.last("waiting")).contains("\"people\":[]");
    }

    private void tells(String type, String more) {
        handler.received(host,
                "{\"type\":\"" + type + "\",\"participant\":\"" + session.participant() + "\"" + more + "}");
    }

    @Test
    void cancelling_reaches_the_patient() {
        sessions.cancel(session.id());

        assertThat(patient.last("state")).contains("\"CANCELLED\"");
        assertThat(patient.closed).contains(CloseCode.ENDED);
    }

    @Test
    void another_practitioner_reaches_nothing() {
        tenant.actingAs(KnownTenant.practitioner("practitioner-2"));

        assertThatThrownBy(() -> sessions.get(session.id())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> tickets.forDesk(session.id())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> rooms.waiting().admit(host, "practitioner-2", session.participant()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void after_switching_off_and_on_the_same_session_can_be_entered_again() {
        admit();

        rooms.switchedOff();
        var again = new RememberingSocket();
        handler.joined(again, join(patientTicket()));

        assertThat(again.last("state")).contains("\"CHECKING\"");
    }
}

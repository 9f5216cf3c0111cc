// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sluse.secret.Secret;
import org.sluse.testkit.ManualClock;
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.VideoSettings;

/** A patient at the device check who tries the relay. */
class RelayTrialTest extends OneSession {

    private static final String TRY_RELAY = "{\"type\":\"try-relay\"}";

    @Test
    void at_the_device_check_the_patient_may_try_the_relay_for_a_minute_at_most_and_gets_no_other_right() {
        settings = relayed();
        var checking = anotherPatientAtTheCheck();

        handler.received(checking, TRY_RELAY);

        var user = username(checking);
        assertThat(checking.last("relay")).contains("turn:relay.example:3478");
        assertThat(Long.parseLong(user.split(":")[0]) - ManualClock.NOON.getEpochSecond()).isBetween(30L, 60L);
        assertThat(checking.last("admitted")).isEmpty();
        assertThat(String.join("", checking.heard)).doesNotContain(session.id().toString())
                .doesNotContain(participantId());
    }

    @Test
    void a_patient_who_asks_again_and_again_has_one_right_to_try_the_relay() {
        settings = relayed();
        var checking = anotherPatientAtTheCheck();
        handler.received(checking, TRY_RELAY);
        var first = username(checking);

        clock.advance(Duration.ofSeconds(29));
        handler.received(checking, TRY_RELAY);
        var again = username(checking);
        clock.advance(Duration.ofSeconds(1));
        handler.received(checking, TRY_RELAY);

        assertThat(again).isEqualTo(first);
        assertThat(username(checking)).isNotEqualTo(first);
    }

    @Test
    void what_the_relay_logs_of_somebody_who_tries_it_names_nobody() {
        settings = relayed();
        var one = anotherPatientAtTheCheck();
        handler.received(one, TRY_RELAY);
        var other = anotherPatientAtTheCheck();
        handler.received(other, TRY_RELAY);

        assertThat(username(one)).matches("\\d+:[A-Za-z0-9_-]{22}").isNotEqualTo(username(other));
    }

    @Test
    void whoever_waits_has_no_right_to_try_the_relay_any_more() {
        settings = relayed();

        handler.received(patient, TRY_RELAY);

        assertThat(patient.last("relay")).isEmpty();
    }

    @Test
    void without_a_relay_there_is_none_to_try() {
        var checking = anotherPatientAtTheCheck();

        handler.received(checking, TRY_RELAY);

        assertThat(checking.last("relay")).isEmpty();
    }

    private static VideoSettings relayed() {
        return TestSettings.none().relayed("turn:relay.example:3478", new Secret("of-the-relay")).get();
    }

    private RememberingSocket anotherPatientAtTheCheck() {
        session = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 5", "Nina"));
        var socket = new RememberingSocket();
        handler.joined(socket, join(patientTicket()));
        return socket;
    }

    private static String username(RememberingSocket socket) {
        return socket.last("relay").replaceAll(".*\"username\":\"([^\"]+)\".*", "$1");
    }
}

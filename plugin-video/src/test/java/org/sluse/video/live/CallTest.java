// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A call of the two at one session. */
class CallTest extends OneSession {

    @Test
    void both_ready_begins_a_connection_that_the_host_offers_and_signals_of_it_pass() {
        admit();
        handler.received(patient, "{\"type\":\"ready\",\"token\":\"" + token(patient) + "\"}");
        handler.received(host, "{\"type\":\"ready\",\"token\":\"" + token(host) + "\"}");
        assertThat(host.last("start")).contains("\"offerer\":true");
        assertThat(patient.last("start")).contains("\"offerer\":false");

        var connection = host.last("start").replaceAll(".*\"connection\":\"([^\"]+)\".*", "$1");
        handler.received(host, "{\"type\":\"offer\",\"connection\":\"" + connection + "\",\"sdp\":\"v=0\"}");
        handler.received(host, "{\"type\":\"offer\",\"connection\":\"another\",\"sdp\":\"v=1\"}");

        assertThat(patient.last("offer")).contains("v=0");
    }

    @Test
    void a_host_who_is_there_first_is_connected_once_the_patient_is_let_in_and_again_after_they_left_and_came_back() {
        handler.received(host, "{\"type\":\"ready\",\"token\":\"" + token(host) + "\"}");
        assertThat(host.last("start")).isEmpty();
        admit();
        handler.received(patient, "{\"type\":\"ready\",\"token\":\"" + token(patient) + "\"}");
        var first = host.last("start");
        assertThat(first).contains("\"offerer\":true");

        handler.received(patient, "{\"type\":\"leave\"}");
        handler.closed(patient);
        var again = new RememberingSocket();
        handler.joined(again, join(patientTicket()));
        handler.received(again, KNOCK);
        admit();
        handler.received(again, "{\"type\":\"ready\",\"token\":\"" + token(again) + "\"}");

        assertThat(host.last("start")).contains("\"offerer\":true").isNotEqualTo(first);
    }

    @Test
    void a_connection_ends_when_the_patient_is_asked_back_and_another_begins_when_they_are_let_in_again() {
        admit();
        handler.received(patient, "{\"type\":\"ready\",\"token\":\"" + token(patient) + "\"}");
        handler.received(host, "{\"type\":\"ready\",\"token\":\"" + token(host) + "\"}");
        var first = host.last("start").replaceAll(".*\"connection\":\"([^\"]+)\".*", "$1");
        handler.received(host, "{\"type\":\"back\",\"participant\":\"" + session.participant() + "\"}");

        handler.received(patient, "{\"type\":\"offer\",\"connection\":\"" + first + "\",\"sdp\":\"v=0\"}");
        assertThat(host.last("offer")).isEmpty();
        admit();
        handler.received(patient, "{\"type\":\"ready\",\"token\":\"" + token(patient) + "\"}");

        assertThat(host.last("start")).contains("\"offerer\":true").doesNotContain(first);
    }

    @Test
    void a_patient_who_waits_cannot_name_a_connection_and_reach_the_host_by_it() {
        handler.received(patient, "{\"type\":\"connected\",\"connection\":\"mine\"}");

        handler.received(patient, "{\"type\":\"offer\",\"connection\":\"mine\",\"sdp\":\"v=0\"}");

        assertThat(host.last("offer")).isEmpty();
    }

    @Test
    void a_host_cannot_name_a_connection_and_reach_a_patient_who_waits_by_it() {
        handler.received(host, "{\"type\":\"connected\",\"connection\":\"mine\"}");

        handler.received(host, "{\"type\":\"offer\",\"connection\":\"mine\",\"sdp\":\"v=0\"}");

        assertThat(patient.last("offer")).isEmpty();
    }

    @Test
    void nothing_passes_between_the_two_once_the_patient_has_left() {
        admit();
        handler.received(patient, "{\"type\":\"connected\",\"connection\":\"one\"}");
        handler.received(patient, "{\"type\":\"leave\"}");

        handler.received(host, "{\"type\":\"offer\",\"connection\":\"one\",\"sdp\":\"v=0\"}");
        handler.received(patient, "{\"type\":\"offer\",\"connection\":\"one\",\"sdp\":\"v=0\"}");

        assertThat(patient.last("offer")).isEmpty();
        assertThat(host.last("offer")).isEmpty();
    }

    @Test
    void both_go_on_talking_after_a_restart_of_the_server() {
        admit();
        start();
        var patientAgain = new RememberingSocket();
        var hostAgain = new RememberingSocket();
        handler.joined(patientAgain, join(patientTicket()));
        handler.joined(hostAgain, join(tickets.forDesk(session.id()).ticket()));

        handler.received(patientAgain, "{\"type\":\"connected\",\"connection\":\"one\"}");
        handler.received(hostAgain, "{\"type\":\"connected\",\"connection\":\"one\"}");
        handler.received(hostAgain, "{\"type\":\"offer\",\"connection\":\"one\",\"sdp\":\"v=0\"}");

        assertThat(patientAgain.last("offer")).contains("v=0");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A call of the two at one session. */
class CallTest extends OneSession {

    @Test
    void both_ready_begins_a_connection_that_the_host_offers_and_signals_of_it_pass() {
        admit();
        ready(patient);
        ready(host);
        assertThat(host.last("start")).contains("\"offerer\":true").contains(session.participant());
        assertThat(patient.last("start")).contains("\"offerer\":false").contains(hostInRoom());

        offers(host, session.participant(), connection(host), "v=0");
        offers(host, session.participant(), "another", "v=1");

        assertThat(patient.last("offer")).contains("v=0").contains(hostInRoom());
    }

    @Test
    void a_host_who_is_there_first_is_connected_once_the_patient_is_let_in_and_again_after_they_left_and_came_back() {
        ready(host);
        assertThat(host.last("start")).isEmpty();
        admit();
        ready(patient);
        var first = host.last("start");
        assertThat(first).contains("\"offerer\":true");

        handler.received(patient, "{\"type\":\"leave\"}");
        handler.closed(patient);
        var again = waits(session);
        admit();
        ready(again);

        assertThat(host.last("start")).contains("\"offerer\":true").isNotEqualTo(first);
    }

    @Test
    void whoever_loads_the_page_again_gets_a_new_connection() {
        admit();
        ready(patient);
        ready(host);
        var first = connection(host);

        var again = opens(session);
        ready(again);

        assertThat(connection(host)).isNotEqualTo(first).isEqualTo(connection(again));
    }

    @Test
    void a_connection_that_does_not_carry_is_replaced_when_one_of_the_two_asks_for_it_and_not_when_they_are_ready_anew() {
        admit();
        ready(patient);
        ready(host);
        var first = connection(host);
        ready(host);
        assertThat(connection(host)).isEqualTo(first);

        handler.received(patient,
                "{\"type\":\"ready\",\"token\":\"" + token(patient) + "\",\"peer\":\"" + hostInRoom() + "\"}");

        assertThat(connection(host)).isNotEqualTo(first).isEqualTo(connection(patient));
    }

    @Test
    void a_connection_ends_when_the_patient_is_asked_back_and_another_begins_when_they_are_let_in_again() {
        admit();
        ready(patient);
        ready(host);
        var first = connection(host);
        says("back", session.participant());

        offers(patient, hostInRoom(), first, "v=0");
        assertThat(host.last("offer")).isEmpty();
        admit();
        ready(patient);

        assertThat(host.last("start")).contains("\"offerer\":true").doesNotContain(first);
    }

    @Test
    void a_patient_who_waits_cannot_name_a_connection_and_reach_the_host_by_it() {
        connected(patient, hostInRoom(), "mine");

        offers(patient, hostInRoom(), "mine", "v=0");

        assertThat(host.last("offer")).isEmpty();
    }

    @Test
    void a_host_cannot_name_a_connection_and_reach_a_patient_who_waits_by_it() {
        connected(host, session.participant(), "mine");

        offers(host, session.participant(), "mine", "v=0");

        assertThat(patient.last("offer")).isEmpty();
    }

    @Test
    void nothing_passes_between_the_two_once_the_patient_has_left() {
        admit();
        connected(patient, hostInRoom(), "one");
        handler.received(patient, "{\"type\":\"leave\"}");

        offers(host, session.participant(), "one", "v=0");
        offers(patient, hostInRoom(), "one", "v=0");

        assertThat(patient.last("offer")).isEmpty();
        assertThat(host.last("offer")).isEmpty();
    }

    @Test
    void both_go_on_talking_after_a_restart_of_the_server() {
        admit();
        start();
        var patientAgain = opens(session);
        var hostAgain = new RememberingSocket();
        handler.joined(hostAgain, join(tickets.forDesk(session.id()).ticket()));

        connected(patientAgain, hostInRoom(), "one");
        connected(hostAgain, session.participant(), "one");
        ready(patientAgain);
        ready(hostAgain);
        offers(hostAgain, session.participant(), "one", "v=0");

        assertThat(patientAgain.last("offer")).contains("v=0");
        assertThat(patientAgain.last("start")).isEmpty();
    }
}

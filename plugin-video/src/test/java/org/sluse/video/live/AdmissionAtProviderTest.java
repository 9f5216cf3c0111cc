// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.video.settings.Profile;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.WherebyRooms;

/** A patient is let in to a session that is held at a provider. */
class AdmissionAtProviderTest extends OneSession {

    @AfterEach
    void nothing_was_sent_that_is_not_declared() {
        assertThat(whereby.standIn.faults()).isEmpty();
    }

    @Test
    void before_anybody_is_let_in_nothing_is_made_and_nobody_has_a_way_in() {
        settings = TestSettings.none().whereby(WherebyRooms.SMALL).get();
        waits(sessions.schedule(new org.sluse.video.session.ScheduleSession(
                org.sluse.testkit.ManualClock.NOON, 45, "Patient 5", "Nina")));

        assertThat(whereby.standIn.heard()).isEmpty();
        assertThat(host.last("admitted")).contains("\"path\":\"P2P_E2EE\"").doesNotContain("frame");
    }

    @Test
    void the_patient_gets_a_frame_that_tells_their_name_and_the_host_one_with_the_key() {
        settings = TestSettings.none().whereby(WherebyRooms.SMALL).get();

        admit();

        assertThat(patient.last("admitted")).contains("\"provider\":\"WHEREBY\"", "\"path\":\"P2P_E2EE\"",
                "\"by\":\"Whereby AS\"", "?displayName=Kari&chat=off&leaveButton=off&precallReview=off\"")
                .doesNotContain("roomKey");
        assertThat(host.last("admitted")).contains("?displayName=Practitioner+1&roomKey=");
    }

    @Test
    void the_path_of_a_room_for_groups_is_told_as_it_is() {
        settings = TestSettings.none().whereby(WherebyRooms.GROUP).get();

        admit();

        assertThat(patient.last("admitted")).contains("\"path\":\"SFU_HOP\"");
    }

    @Test
    void nothing_that_the_clinic_knows_of_the_patient_reaches_the_provider() {
        settings = TestSettings.none().whereby(WherebyRooms.SMALL).get();

        admit();

        var everything = whereby.standIn.heard() + patient.last("admitted").replaceAll(".*\"frame\"", "")
                + host.last("admitted").replaceAll(".*\"frame\"", "");
        assertThat(everything).doesNotContain("Patient 4", session.id().toString(), participantId(),
                session.participant(), hostInRoom(), tenant.tenant().id().value(), "practitioner-1");
    }

    @Test
    void when_the_gate_refuses_nobody_is_let_in_and_the_host_reads_why() {
        settings = TestSettings.none().whereby(WherebyRooms.SMALL).get();
        whereby.refuses(Reason.PAPER_MISSING);

        admit();

        assertThat(host.last("missed")).contains("\"why\":\"NOT_ALLOWED\"");
        assertThat(patient.last("state")).contains("\"state\":\"WAITING\"");
        assertThat(patient.last("admitted")).isEmpty();
    }

    @Test
    void under_the_german_profile_nobody_is_let_in_to_a_room_that_is_not_encrypted_from_end_to_end() {
        settings = TestSettings.none().whereby(WherebyRooms.GROUP).under(Profile.GERMANY).get();

        admit();

        assertThat(host.last("missed")).contains("\"why\":\"PATH\"");
        assertThat(patient.last("state")).contains("\"state\":\"WAITING\"");
        assertThat(whereby.standIn.heard()).isEmpty();
    }

    @Test
    void once_the_session_is_over_the_room_is_to_be_deleted() {
        settings = TestSettings.none().whereby(WherebyRooms.SMALL).get();
        admit();
        woken.clear();

        handler.received(host, "{\"type\":\"end\"}");

        assertThat(woken).contains("rooms");
        places.run(clock.instant());
        assertThat(whereby.standIn.meetings()).isEmpty();
    }

    @Test
    void the_host_reads_how_many_are_in_the_room() {
        settings = TestSettings.none().whereby(WherebyRooms.SMALL).get();
        admit();

        news.people(session.id(), 2);

        assertThat(host.last("in-room")).isEqualTo("{\"type\":\"in-room\",\"people\":2}");
        assertThat(patient.last("in-room")).isEmpty();
    }

    @Test
    void an_open_conversation_from_browser_to_browser_goes_on_when_the_clinic_chooses_a_provider() {
        admit();
        settings = TestSettings.none().whereby(WherebyRooms.SMALL).get();

        ready(patient);
        ready(host);
        var again = opens(session);

        assertThat(again.last("admitted")).contains("\"provider\":\"BUILT_IN\"").doesNotContain("frame");
        assertThat(whereby.standIn.heard()).isEmpty();
    }
}

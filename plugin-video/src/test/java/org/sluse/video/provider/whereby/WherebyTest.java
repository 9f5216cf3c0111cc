// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.disclosure.NotSentException;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.provider.Frame;
import org.sluse.video.provider.MediaPath;
import org.sluse.video.provider.MediaProvider;
import org.sluse.video.provider.NoRoomException;
import org.sluse.video.provider.NoRoomException.Why;
import org.sluse.video.provider.ProviderRoom;
import org.sluse.video.provider.whereby.WherebyStandIn.Reply;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.settings.WherebyRooms;

class WherebyTest {

    private static final VideoSettings SMALL = TestSettings.none().whereby(WherebyRooms.SMALL).get();
    private static final VideoSettings GROUP = TestSettings.none().whereby(WherebyRooms.GROUP).get();

    private final ManualClock clock = new ManualClock();
    private final WherebyByHand byHand = new WherebyByHand();
    private final MediaProvider whereby = byHand.provider(new KnownIds(), clock);

    @AfterEach
    void nothing_was_sent_that_is_not_declared() {
        assertThat(byHand.standIn.faults()).isEmpty();
    }

    @Test
    void a_room_is_locked_has_a_random_name_and_an_end_on_the_hour() {
        var room = open(SMALL);

        assertThat(byHand.standIn.heard()).containsExactly(
                "POST /v1/meetings {authorization=Bearer key-of-the-clinic} {\"endDate\":\"2026-11-23T15:00:00Z\",\"isLocked\":true,\"roomMode\":\"normal\","
                        + "\"roomNamePattern\":\"uuid\",\"roomPreferences\":{\"streaming\":false,\"roomIntegrations\":false},\"fields\":[\"hostRoomUrl\"]}");
        assertThat(room.endsAt()).isEqualTo("2026-11-23T15:00:00Z");
        assertThat(room.path()).isEqualTo(MediaPath.P2P_E2EE);
        assertThat(room.external().address())
                .isEqualTo("https://clinic.whereby.com/00000001-0000-4000-8000-000000000000");
    }

    @Test
    void a_room_for_a_group_says_that_it_goes_through_servers_that_decrypt() {
        assertThat(open(GROUP).path()).isEqualTo(MediaPath.SFU_HOP);
        assertThat(byHand.standIn.heard().getFirst()).contains("\"roomMode\":\"group\"");
    }

    @Test
    void everybody_enters_with_a_name_and_nothing_more_and_who_leads_with_the_key_of_the_room() {
        var room = open(SMALL);

        var guest = entry(room, "Kari", false);
        var host = entry(room, "Practitioner 1", true);

        assertThat(guest.address()).hasToString(
                "https://clinic.whereby.com/00000001-0000-4000-8000-000000000000?displayName=Kari&chat=off&leaveButton=off&precallReview=off");
        assertThat(host.address().getRawQuery()).isEqualTo(
                "displayName=Practitioner+1&roomKey=eyJhbGciOiJIUzI1NiJ9.1&chat=off&leaveButton=off&precallReview=off");
        assertThat(guest.by()).isEqualTo("Whereby AS");
        for (var frame : new Frame[]{guest, host}) {
            assertThat(visit(frame).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"'Kari; Ola','Kari  Ola'", "'K$ari!','K ari'", "'::','-'", "'Åse & Ø','Åse & Ø'"})
    void a_name_is_without_what_whereby_would_ask_for_anew(String name, String shown) {
        var frame = entry(open(SMALL), name, false);

        assertThat(frame.address().getRawQuery().split("&")[0]).isEqualTo(
                "displayName=" + java.net.URLEncoder.encode(shown, java.nio.charset.StandardCharsets.UTF_8));
        assertThat(visit(frame).status()).isEqualTo(200);
    }

    @Test
    void a_room_is_deleted_by_its_id_and_may_be_deleted_twice() {
        var room = open(SMALL);

        assertThat(whereby.close(SMALL, room)).isTrue();
        assertThat(whereby.close(SMALL, room)).isTrue();

        assertThat(byHand.standIn.meetings()).isEmpty();
        assertThat(byHand.standIn.heard().getLast())
                .isEqualTo("DELETE /v1/meetings/1001 {authorization=Bearer key-of-the-clinic} ");
    }

    @ParameterizedTest
    @CsvSource({"401,NOT_SET_UP", "403,NOT_SET_UP", "429,BUSY", "500,UNREACHABLE", "200,UNREACHABLE",
            "302,UNREACHABLE"})
    void any_answer_but_a_new_room_says_why_there_is_none(int status, Why why) {
        byHand.standIn.answersOnce(new Reply(status, Map.of(), ""));

        assertNoRoom(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"meetingId\": 7}",
            "{\"meetingId\":\"1\",\"roomUrl\":\"https://other.example/r\",\"hostRoomUrl\":\"https://other.example/r?roomKey=k\"}",
            "{\"meetingId\":\"1\",\"roomUrl\":\"https://clinic.whereby.com.other.example/r\",\"hostRoomUrl\":\"https://clinic.whereby.com/r?roomKey=k\"}",
            "{\"meetingId\":\"1\",\"roomUrl\":\"https://clinic.whereby.com/r?externalId=7\",\"hostRoomUrl\":\"https://clinic.whereby.com/r?roomKey=k\"}",
            "{\"meetingId\":\"../1\",\"roomUrl\":\"https://clinic.whereby.com/r\",\"hostRoomUrl\":\"https://clinic.whereby.com/r?roomKey=k\"}",
            "{\"meetingId\":\"1\",\"roomUrl\":\"https://clinic.whereby.com/r\",\"hostRoomUrl\":\"https://clinic.whereby.com/r?roomKey=k&metadata=m\"}",
            "{\"meetingId\":\"1\",\"roomUrl\":\"javascript:alert(1)\",\"hostRoomUrl\":\"https://clinic.whereby.com/r?roomKey=k\"}"})
    void a_liar_is_not_believed(String body) {
        byHand.standIn.answersOnce(new Reply(201, Map.of(), body));

        assertNoRoom(Why.UNREACHABLE);
    }

    @Test
    void what_the_gate_refuses_does_not_happen_and_is_told() {
        var room = open(SMALL);
        byHand.refuses(Reason.PAPER_MISSING);

        assertNoRoom(Why.NOT_ALLOWED);
        assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> entry(room, "Kari", false))
                .satisfies(none -> assertThat(none.why()).isEqualTo(Why.NOT_ALLOWED));
        assertThat(whereby.close(SMALL, room)).as("to be tried again").isFalse();
    }

    @Test
    void nobody_at_the_other_end_is_told_as_such() {
        byHand.fails(new NotSentException("nobody"));

        assertNoRoom(Why.UNREACHABLE);
    }

    @Test
    void beyond_the_rate_of_the_account_nothing_is_sent() {
        IntStream.range(0, 33).forEach(any -> open(SMALL));

        assertNoRoom(Why.BUSY);

        assertThat(byHand.standIn.heard()).hasSize(33);
        clock.advance(Duration.ofMinutes(1));
        assertThat(open(SMALL).external().id()).isEqualTo("1034");
    }

    @Test
    void it_is_ready_with_a_key_a_place_for_rooms_and_the_address_for_the_register() {
        assertThat(whereby.ready(SMALL).isReady()).isTrue();
        var nothing = TestSettings.nothing(VideoProvider.WHEREBY);
        assertThat(whereby.ready(nothing).reasons()).extracting("key")
                .containsExactly("ready.whereby-key", "ready.whereby-site", "ready.whereby-postal-address");
    }

    private void assertNoRoom(Why why) {
        assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> open(SMALL))
                .satisfies(none -> assertThat(none.why()).isEqualTo(why));
    }

    private ProviderRoom open(VideoSettings settings) {
        return whereby.open(settings, ManualClock.NOON.plus(Duration.ofMinutes(150)), true);
    }

    private Frame entry(ProviderRoom room, String name, boolean leads) {
        return whereby.entry(SMALL, room, new DisplayName(name), leads).orElseThrow();
    }

    private Reply visit(Frame frame) {
        URI address = frame.address();
        return byHand.standIn.answer("GET", address.getRawPath() + "?" + address.getRawQuery(), Map.of(), "");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.Participant.Device;
import org.sluse.video.admission.Participant.Devices;
import org.sluse.video.admission.Participant.Line;

class LiveCodecTest {

    @Test
    void reads_a_candidate() {
        assertThat(LiveCodec.decode(
                "{\"type\":\"candidate\",\"peer\":\"AAAAAAAAQACAAAAAAAAAAA\",\"connection\":\"c\",\"candidate\":\"x\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}"))
                .isInstanceOf(LiveMessage.Signal.class);
    }

    @Test
    void takes_null_for_a_media_line_that_a_browser_does_not_know() {
        assertThat(LiveCodec.decode(
                "{\"type\":\"candidate\",\"peer\":\"AAAAAAAAQACAAAAAAAAAAA\",\"connection\":\"c\",\"candidate\":\"\",\"sdpMid\":null,\"sdpMLineIndex\":null}"))
                .isEqualTo(new LiveMessage.Signal(LiveMessage.Signal.Kind.CANDIDATE, "AAAAAAAAQACAAAAAAAAAAA", "c", "",
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void takes_the_loudspeaker_as_untried_from_a_page_that_has_no_word_for_it() {
        assertThat(LiveCodec.decode(OneSession.KNOCK)).isEqualTo(new LiveMessage.Knock(
                new Devices(Device.WORKING, Device.WORKING, Device.UNTRIED, Line.GOOD)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{\"type\":1}", "{\"type\":\"unknown\"}",
            "{\"type\":\"leave\",\"more\":1}", "{\"type\":\"join\"}",
            "{\"type\":\"admit\",\"participant\":\"a name or worse\"}",
            "{\"type\":\"offer\",\"connection\":\"c\",\"sdp\":\"v=0\"}",
            "{\"type\":\"ready\",\"token\":\"t\",\"peer\":\"Kari\"}",
            "{\"type\":\"join\",\"ticket\":null}", "{\"type\":\"join\",\"ticket\":\" \"}",
            "{\"type\":\"knock\",\"camera\":\"working\",\"microphone\":\"WORKING\",\"connection\":\"GOOD\"}",
            "{\"type\":\"knock\",\"camera\":\"WORKING\",\"microphone\":\"WORKING\",\"speaker\":null,\"connection\":\"GOOD\"}",
            "{\"type\":\"candidate\",\"peer\":\"AAAAAAAAQACAAAAAAAAAAA\",\"connection\":\"c\",\"candidate\":\"x\",\"sdpMLineIndex\":-1}"})
    void refuses_whatever_is_not_exactly_a_message(String text) {
        assertThatThrownBy(() -> LiveCodec.decode(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refuses_an_offer_that_is_too_long() {
        assertThatThrownBy(() -> LiveCodec.decode(
                "{\"type\":\"offer\",\"peer\":\"AAAAAAAAQACAAAAAAAAAAA\",\"connection\":\"c\",\"sdp\":\""
                        + "x".repeat(LiveCodec.LONGEST_SDP + 1) + "\"}"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("/sdp");
    }

    @Test
    void relays_no_address_but_the_relays() {
        var sdp = "v=0\r\nc=IN IP4 10.1.2.3\r\na=rtcp:9 IN IP4 10.1.2.3\r\na=candidate:1 1 udp 1 10.1.2.3 5 typ host\r\n"
                + "a=candidate:2 1 udp 1 192.0.2.7 6 typ relay raddr 10.1.2.3 rport 5\r\n";

        assertThat(RelayOnly.description(sdp)).doesNotContain("10.1.2.3")
                .contains("192.0.2.7 6 typ relay raddr 0.0.0.0 rport 0");
        assertThat(RelayOnly.mayPass("candidate:1 1 udp 1 10.1.2.3 5 typ srflx raddr 10.0.0.1 rport 1")).isFalse();
    }
}

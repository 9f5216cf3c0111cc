// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What of a description reaches the other side of a relayed call. */
class RelayOnlyTest {

    private static final String RELAY = "192.0.2.7";

    /** Wherever RFC 8866, 8839, 3605 and some old extensions have a place for an address; %s is it. */
    private static final List<String> WITH_ADDRESS = List.of("o=- 46117317 2 IN IP4 %s", "o=%s 1 2 IN IP6 ::1",
            "c=IN IP4 %s", "c=IN IP6 %s/127", "a=rtcp:5000 IN IP4 %s",
            "a=candidate:1 1 udp 2122260223 %s 50000 typ host",
            "a=candidate:2 1 udp 1 203.0.113.9 50000 typ srflx raddr %s rport 50000",
            "a=candidate:3 1 udp 1 " + RELAY + " 50000 typ relay raddr %s rport 50001 generation 0",
            "a=candidate:4 1 tcp 1 %s 9 typ host tcptype active", "a=remote-candidates:1 %s 50000",
            "a=source-filter: incl IN IP4 * %s", "a=alt:1 %s", "a=x-google-flag:%s", "a=%s", "i=from %s",
            "u=http://%s/", "e=a@%s", "p=%s", "k=uri:%s", "%s", "x=%s", "r=%s");

    private static final List<String> WITHOUT = List.of("v=0", "s=-", "t=0 0", "a=group:BUNDLE 0 1 2",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 63", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "b=AS:500",
            "a=ice-ufrag:EsAw", "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1", "a=ice-options:trickle",
            "a=fingerprint:sha-256 D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F",
            "a=setup:actpass", "a=mid:0", "a=sendrecv", "a=rtcp-mux", "a=rtpmap:111 opus/48000/2",
            "a=fmtp:111 minptime=10;useinbandfec=1", "a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6", "a=sctp-port:5000",
            "a=max-message-size:262144", "a=msid:- b9c2", "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level");

    private final Random random = new Random(5);

    @Test
    void no_address_but_the_relays_passes_wherever_it_stands() {
        for (var i = 0; i < 10_000; i++) {
            var address = address();
            var lines = lines(address);

            var passed = RelayOnly.description(String.join(random.nextBoolean() ? "\r\n" : "\n", lines) + "\r\n");

            assertThat(passed).as("%s", lines).doesNotContain(address);
            assertThat(passed.lines().filter(WITHOUT::contains).toList())
                    .isEqualTo(lines.stream().filter(WITHOUT::contains).toList());
            assertThat(RelayOnly.description(passed)).isEqualTo(passed);
        }
    }

    @Test
    void the_relays_candidates_pass_without_what_is_behind_them() {
        assertThat(RelayOnly
                .description("a=candidate:3 1 udp 1 192.0.2.7 6 typ relay raddr 10.1.2.3 rport 5 generation 0\r\n"))
                .isEqualTo("a=candidate:3 1 udp 1 192.0.2.7 6 typ relay raddr 0.0.0.0 rport 0 generation 0\r\n");
    }

    @Test
    void the_numbers_of_the_origin_pass_so_that_a_later_description_is_known_for_one() {
        assertThat(RelayOnly.description("o=mozilla 7 3 IN IP4 10.1.2.3\r\n")).isEqualTo("o=- 7 3 IN IP4 0.0.0.0\r\n");
        assertThat(RelayOnly.description("o=10.1.2.3\r\n")).isEqualTo("o=- 0 0 IN IP4 0.0.0.0\r\n");
    }

    private List<String> lines(String address) {
        var lines = new ArrayList<String>();
        IntStream.range(0, 12).forEach(each -> {
            lines.add(WITHOUT.get(random.nextInt(WITHOUT.size())));
            lines.add(WITH_ADDRESS.get(random.nextInt(WITH_ADDRESS.size())).formatted(address));
        });
        return lines;
    }

    /** Of version 4 or 6, or the name by which browsers hide one on their own network. */
    private String address() {
        return switch (random.nextInt(3)) {
            case 0 -> "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), 1 + random.nextInt(254));
            case 1 -> "2001:db8:%x::%x".formatted(1 + random.nextInt(65535), 1 + random.nextInt(65535));
            default -> "%08x-0000-4000-8000-%012x.local".formatted(random.nextInt(), random.nextInt());
        };
    }
}

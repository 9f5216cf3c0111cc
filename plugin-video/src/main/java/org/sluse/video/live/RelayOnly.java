// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Takes out of signals whatever would tell one side the network address of the other: the second lock beside {@code iceTransportPolicy}. */
final class RelayOnly {

    private RelayOnly() {
    }

    /** Whether a trickled candidate may pass; the empty one says that there are no more. */
    static boolean mayPass(String candidate) {
        return candidate.isBlank() || candidate.matches("(?s).* typ relay( .*)?");
    }

    /** The same candidate without the address behind the relay. */
    static String candidate(String candidate) {
        return candidate.replaceAll("raddr \\S+", "raddr 0.0.0.0").replaceAll("rport \\d+", "rport 0");
    }

    /** The same description (RFC 8866) with relayed candidates only and no address in its connection lines. */
    static String description(String sdp) {
        return Arrays.stream(sdp.split("\r?\n"))
                .filter(line -> !line.startsWith("a=candidate:") || mayPass(line))
                .map(line -> line.startsWith("a=candidate:")
                        ? candidate(line)
                        : line.startsWith("c=IN ")
                                ? "c=IN IP4 0.0.0.0"
                                : line.startsWith("a=rtcp:") ? "a=rtcp:9 IN IP4 0.0.0.0" : line)
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }
}

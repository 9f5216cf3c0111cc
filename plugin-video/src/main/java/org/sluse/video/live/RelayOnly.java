// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lets pass of a signal what a relayed call needs, and no network address but the relay's: the second lock beside {@code iceTransportPolicy}. */
final class RelayOnly {

    private static final String CANDIDATE = "a=candidate:";
    private static final String NOWHERE = "IN IP4 0.0.0.0";
    private static final Pattern ORIGIN = Pattern.compile("o=\\S+ (\\d+ \\d+) IN \\S+ \\S+");

    /** What browsers say of a call (RFC 8829, 5.2), as far as it names no address. Whoever does not know an attribute ignores it (RFC 8866, 5.13), so none is missed. */
    private static final Set<String> ATTRIBUTES = Set.of("group", "msid-semantic", "extmap-allow-mixed", "ice-ufrag",
            "ice-pwd", "ice-options", "end-of-candidates", "fingerprint", "setup", "tls-id", "identity", "mid",
            "bundle-only", "msid", "sendrecv", "sendonly", "recvonly", "inactive", "rtcp-mux", "rtcp-mux-only",
            "rtcp-rsize", "rtpmap", "fmtp", "rtcp-fb", "extmap", "ptime", "maxptime", "ssrc", "ssrc-group", "rid",
            "simulcast", "imageattr", "sctp-port", "max-message-size");

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

    /** The same description (RFC 8866) with relayed candidates only, no other address, and no line that is not known to hold none. */
    static String description(String sdp) {
        return sdp.lines().flatMap(line -> line(line).stream()).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static Optional<String> line(String line) {
        return switch (line.length() < 2 ? line : line.substring(0, 2)) {
            case "v=", "s=", "t=", "m=", "b=" -> Optional.of(line);
            case "o=" -> Optional.of(origin(line));
            case "c=" -> Optional.of("c=" + NOWHERE);
            case "a=" -> attribute(line);
            default -> Optional.empty();
        };
    }

    /** Chromium gives 127.0.0.1, which is nobody's, but another browser may give its own address. */
    private static String origin(String line) {
        var numbers = ORIGIN.matcher(line);
        return "o=- " + (numbers.matches() ? numbers.group(1) : "0 0") + " " + NOWHERE;
    }

    private static Optional<String> attribute(String line) {
        if (line.startsWith(CANDIDATE)) {
            return mayPass(line) ? Optional.of(candidate(line)) : Optional.empty();
        }
        if (line.startsWith("a=rtcp:")) {
            return Optional.of("a=rtcp:9 " + NOWHERE);
        }
        return ATTRIBUTES.contains(line.substring(2).split(":", 2)[0]) ? Optional.of(line) : Optional.empty();
    }
}

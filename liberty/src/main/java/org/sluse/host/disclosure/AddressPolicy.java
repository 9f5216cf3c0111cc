// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/** Which addresses may be called: https at a public address, at or below what the recipient declares (OWASP, server-side request forgery). */
record AddressPolicy(boolean privateAllowed) {

    /** Whether {@code target} is at or below one of the endpoints: same scheme, host and port, and the path as a whole-segment prefix. */
    boolean isDeclared(URI target, List<URI> endpoints) {
        return target.isAbsolute() && !target.isOpaque()
                && target.getUserInfo() == null && target.getRawQuery() == null && target.getRawFragment() == null
                && target.equals(target.normalize()) && !target.getRawPath().contains("%")
                && endpoints.stream().anyMatch(endpoint -> below(target, endpoint))
                && ("https".equals(target.getScheme()) || privateAllowed && "http".equals(target.getScheme()));
    }

    private static boolean below(URI target, URI endpoint) {
        var base = endpoint.getRawPath();
        return target.getScheme().equals(endpoint.getScheme()) && target.getHost() != null
                && target.getHost().equalsIgnoreCase(endpoint.getHost())
                && target.getPort() == endpoint.getPort()
                && (target.getRawPath().equals(base)
                        || target.getRawPath().startsWith(base.endsWith("/") ? base : base + "/"));
    }

    /** Whether a connection to the resolved address may be opened. */
    boolean mayConnect(InetAddress address) {
        return privateAllowed || !isPrivate(address);
    }

    private static boolean isPrivate(InetAddress address) {
        var bytes = address.getAddress();
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                // RFC 6598 shared space, RFC 2544 benchmarks, 0/8, 240/4; IPv6 unique local, and what embeds an IPv4 address (NAT64, 6to4, Teredo).
                || bytes.length == 4 && (first == 0 || first >= 240 || first == 100 && second >= 64 && second < 128
                        || first == 198 && (second & 0xfe) == 18
                        || first == 192 && second == 0)
                || bytes.length == 16 && ((first & 0xfe) == 0xfc || first == 0 || first == 0x20 && second == 0x02
                        || first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0);
    }
}

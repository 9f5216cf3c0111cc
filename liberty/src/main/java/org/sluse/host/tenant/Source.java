// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.tenant;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Where a call comes from, so coarsely that it names no person and no device: enough to see that one thing comes from many places, or many things from one.
 *
 * @param network the network that the address lies in, {@code 192.0.2.0/24} or {@code 2001:db8:1::/48}; empty when the call came from no network, or from an address
 *            that is none
 * @param agent what kind of program called
 */
public record Source(String network, Agent agent) {

    /** The system itself: a timer, a start. */
    public static final Source ITSELF = new Source("", Agent.NONE);

    /** How many of the four bytes of an IPv4 address, and of the sixteen of an IPv6 address in pairs, are kept. */
    private static final int KEPT_BYTES = 3;
    private static final int KEPT_PAIRS = 3;

    /** Kinds of programs; neither their names nor their versions. */
    public enum Agent {
        /** Something that calls itself a browser. */
        BROWSER,
        /** A program without a browser: the command line, a script. */
        COMMAND_LINE,
        /** A program that speaks FHIR. */
        FHIR_CLIENT,
        /** Nothing was said. */
        NONE
    }

    /**
     * The source of a request.
     *
     * @param address of the other side, as a literal; a name is never looked up
     * @param userAgent its {@code User-Agent}; empty when there is none
     * @param fhir whether FHIR is spoken at the address that it asks
     */
    public static Source of(String address, String userAgent, boolean fhir) {
        return new Source(network(address), agent(userAgent, fhir));
    }

    private static Agent agent(String userAgent, boolean fhir) {
        if (userAgent.isBlank()) {
            return Agent.NONE;
        }
        // Every browser says so, for the sake of servers of 1995 (RFC 9110, 10.1.5 on user agents that mimic others).
        if (userAgent.startsWith("Mozilla/")) {
            return Agent.BROWSER;
        }
        return fhir ? Agent.FHIR_CLIENT : Agent.COMMAND_LINE;
    }

    private static String network(String address) {
        InetAddress parsed;
        try {
            parsed = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException noAddress) {
            // A proxy may say "unknown" (RFC 7239, 6).
            return "";
        }
        var bytes = parsed.getAddress();
        var network = new StringBuilder();
        if (parsed instanceof Inet4Address) {
            for (var one = 0; one < KEPT_BYTES; one++) {
                network.append(Byte.toUnsignedInt(bytes[one])).append('.');
            }
            return network.append("0/24").toString();
        }
        for (var pair = 0; pair < KEPT_PAIRS; pair++) {
            network.append(Integer.toHexString(
                    Byte.toUnsignedInt(bytes[2 * pair]) << Byte.SIZE | Byte.toUnsignedInt(bytes[2 * pair + 1])))
                    .append(':');
        }
        return network.append(":/48").toString();
    }
}

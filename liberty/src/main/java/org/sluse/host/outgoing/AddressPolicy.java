// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be called: https, or TLS, at a public address (OWASP, server-side request forgery).
 *
 * @param privateAllowed the operator's word that addresses in private networks and on this machine may be called too, and without TLS
 */
public record AddressPolicy(boolean privateAllowed) {

    private static final List<Block> NOT_PUBLIC_IPV4 = Stream.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10",
            "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4")
            .map(Block::of)
            .toList();
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");
    /** IETF protocols with Teredo, documentation (two blocks), 6to4. */
    private static final List<Block> NOT_PUBLIC_IPV6 = Stream
            .of("2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16")
            .map(Block::of)
            .toList();

    /** Whether the address, as it is written, may be called; what its name leads to is looked at by {@link #mayConnect}. */
    public boolean mayCall(URI target) {
        return target.getHost() != null && target.getUserInfo() == null && target.getRawFragment() == null
                && ("https".equals(target.getScheme()) || privateAllowed && "http".equals(target.getScheme()));
    }

    /**
     * Whether {@code target} may be called and is at or below one of the endpoints: same scheme, host and port, and the path as a whole-segment prefix.
     */
    public boolean isDeclared(URI target, List<URI> endpoints) {
        return mayCall(target) && target.getRawQuery() == null
                && target.equals(target.normalize()) && !target.getRawPath().contains("%")
                && endpoints.stream().anyMatch(endpoint -> below(target, endpoint));
    }

    /** Whether one of the endpoints is {@code tls://host:port}. */
    public boolean isDeclared(String host, int port, List<URI> endpoints) {
        return endpoints.stream()
                .anyMatch(endpoint -> "tls".equals(endpoint.getScheme()) && endpoint.getPort() == port
                        && host.equalsIgnoreCase(endpoint.getHost()));
    }

    /** Whether the endpoint is on the machine that asks, by its name or by its address. Looks nothing up. */
    public static boolean isThisMachine(URI endpoint) {
        var host = String.valueOf(endpoint.getHost());
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            // What a name leads to may change; what leaves for it is taken to leave the machine.
            return false;
        }
    }

    private static boolean below(URI target, URI endpoint) {
        var base = endpoint.getRawPath();
        return target.getScheme().equals(endpoint.getScheme())
                && target.getHost().equalsIgnoreCase(endpoint.getHost())
                && target.getPort() == endpoint.getPort()
                && (target.getRawPath().equals(base)
                        || target.getRawPath().startsWith(base.endsWith("/") ? base : base + "/"));
    }

    /** Whether a connection to the resolved address may be opened. */
    boolean mayConnect(InetAddress address) {
        return privateAllowed || isPublic(address);
    }

    /** What the IANA registries of special-purpose addresses call globally reachable (RFC 6890), without what embeds an IPv4 address. */
    private static boolean isPublic(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == 4 ? isPublicIpv4(bytes) : isPublicIpv6(bytes);
    }

    private static boolean isPublicIpv4(byte[] bytes) {
        return NOT_PUBLIC_IPV4.stream().noneMatch(block -> block.contains(bytes));
    }

    /** Only 2000::/3 is global unicast (RFC 4291): mapped, compatible, NAT64, unique local, link local and multicast lie outside it. */
    private static boolean isPublicIpv6(byte[] bytes) {
        return GLOBAL_UNICAST.contains(bytes) && NOT_PUBLIC_IPV6.stream().noneMatch(block -> block.contains(bytes))
                && !isIsatap(bytes);
    }

    /** An interface identifier 0000:5efe or 0200:5efe is followed by the IPv4 address to tunnel to (RFC 5214). */
    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && (bytes[11] & 0xff) == 0xfe;
    }

    /** The addresses whose first {@code bits} bits are those of {@code start}. */
    private record Block(InetAddress start, int bits) {

        static Block of(String text) {
            var slash = text.indexOf('/');
            return new Block(InetAddress.ofLiteral(text.substring(0, slash)),
                    Integer.parseInt(text.substring(slash + 1)));
        }

        boolean contains(byte[] address) {
            var first = start.getAddress();
            for (var bit = 0; bit < bits; bit++) {
                if (((first[bit / 8] ^ address[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}

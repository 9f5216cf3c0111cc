// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the other nodes of the location reach this one.
 *
 * @param address {@code sluse.cluster.address}: one of this machine's, as a literal; default 127.0.0.1, for nodes on one machine
 * @param port {@code sluse.cluster.port}: the first free one of {@value #PORTS} from here on is taken; 1024 to 65000, default 7800
 */
record ClusterSettings(String address, int port) {

    /** How many ports there are to choose from. */
    static final int PORTS = 10;

    private static final String ADDRESS = "sluse.cluster.address";
    private static final String PORT = "sluse.cluster.port";
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_000;

    ClusterSettings {
        literal(address);
        if (port < LOWEST || port > HIGHEST) {
            throw new IllegalArgumentException(PORT + " is " + port + "; right would be 1024 to 65000");
        }
    }

    /** @throws IllegalArgumentException when one is not as it should be */
    static ClusterSettings of(Function<String, Optional<String>> values) {
        var port = values.apply(PORT).orElse("7800");
        if (!port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(PORT + " is '" + port + "'; right would be 1024 to 65000");
        }
        return new ClusterSettings(values.apply(ADDRESS).orElse("127.0.0.1"), Integer.parseInt(port));
    }

    InetAddress literal() {
        return literal(address);
    }

    /** A name is never looked up: it might lead somewhere else tomorrow. */
    private static InetAddress literal(String address) {
        InetAddress parsed;
        try {
            parsed = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException noAddress) {
            throw new IllegalArgumentException(wrong(address), noAddress);
        }
        if (parsed.isAnyLocalAddress() || parsed.isMulticastAddress()) {
            throw new IllegalArgumentException(wrong(address));
        }
        return parsed;
    }

    private static String wrong(String address) {
        return ADDRESS + " is '" + address
                + "'; right would be one address of this machine that the other nodes reach, for example 10.0.0.5";
    }
}

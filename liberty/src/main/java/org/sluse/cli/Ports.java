// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The range that a port may lie in. */
final class Ports {

    /** Of every port (RFC 9293, 3.1: sixteen bits). */
    static final int HIGHEST = 65_535;

    private Ports() {
    }

    /** @throws ParameterException unless the port is one from 1 to {@code highest} */
    static void require(int port, int highest, CommandSpec spec) {
        if (port < 1 || port > highest) {
            throw new ParameterException(spec.commandLine(),
                    "Port %d cannot be taken; right would be one from 1 to %d.".formatted(port, highest));
        }
    }
}

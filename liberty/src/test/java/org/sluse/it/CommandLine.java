// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line, run as {@code ./sluse} runs it. */
final class CommandLine {

    private CommandLine() {
    }

    static ProcessBuilder of(String... arguments) {
        var home = Path.of(System.getProperty("sluse.home", "..")).toAbsolutePath().normalize();
        var command = new ArrayList<String>(List.of(java(), "-Dsluse.home=" + home, "-cp",
                home.resolve("liberty/target/cli") + "/*", "org.sluse.cli.Sluse"));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}

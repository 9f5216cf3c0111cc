// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line, run as {@code ./sluse} runs it. */
final class CommandLine {

    private CommandLine() {
    }

    static ProcessBuilder of(String... arguments) {
        var home = home();
        var command = new ArrayList<String>(List.of(java(), "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Dsluse.home=" + home, "-cp",
                home.resolve("liberty/target/cli") + "/*", "org.sluse.cli.Sluse"));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command);
    }

    /**
     * What a command has ended with.
     *
     * @param said answers and progress
     */
    record Ended(int exit, String said) {}

    /** Runs it to its end. */
    static Ended run(String... arguments) {
        try {
            var process = of(arguments).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), said);
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** A folder for a server that lives for a test: what it compiles thoroughly would cost more than it gives back. */
    static Path emptyFolder() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(home().resolve("liberty/target/it")),
                    "data");
            Files.writeString(folder.resolve("jvm.options"), "-XX:TieredStopAtLevel=1\n");
            return folder;
        } catch (IOException cannotMake) {
            throw new UncheckedIOException(cannotMake);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("sluse.home", "..")).toAbsolutePath().normalize();
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

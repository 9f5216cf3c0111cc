// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real coturn on this machine with time-limited credentials, for as long as it is open. */
final class TurnServer implements AutoCloseable {

    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/turnserver"),
            Path.of("/usr/local/bin/turnserver"), Path.of("/opt/homebrew/bin/turnserver"));

    private final Process process;
    private final int port;
    private final Path log;
    private final String secret = "of-the-tests-and-of-nobody-else";

    private TurnServer(Path executable) {
        try {
            this.port = freePort();
            var folder = Files.createDirectories(Path.of("target/it"));
            this.log = folder.resolve("turnserver.log");
            this.process = new ProcessBuilder(executable.toString(), "-n", "--listening-ip=127.0.0.1",
                    "--relay-ip=127.0.0.1", "--listening-port=" + port, "--min-port=50000", "--max-port=50200",
                    "--realm=sluse.test", "--use-auth-secret", "--static-auth-secret=" + secret,
                    "--allow-loopback-peers", "--no-tls", "--no-dtls", "--no-cli", "--fingerprint", "--verbose",
                    "--log-file=stdout", "--pidfile=" + folder.resolve("turnserver.pid").toAbsolutePath())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Await.until("the TURN server listens", 10, TimeUnit.SECONDS, this::listens);
    }

    static TurnServer open() {
        var found = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (found.isEmpty() && System.getenv("CI") == null) {
            System.err.println(
                    "SKIPPED: there is no TURN server on this machine, so no call was relayed; .ci/install installs one");
            Assumptions.abort("no TURN server; .ci/install installs one");
        }
        return new TurnServer(
                found.orElseThrow(() -> new AssertionError("CI needs a TURN server; .ci/install installs one")));
    }

    /** The settings of the video module that name it. */
    String settings() {
        return settings(port, secret);
    }

    /** Its address, as a browser is told it. */
    String url() {
        return "turn:127.0.0.1:%d?transport=udp".formatted(port);
    }

    /** The same settings, as a network sees it that lets nothing through but TCP. */
    String settingsByTcp() {
        return settings().replace("transport=udp", "transport=tcp");
    }

    /** The settings of a relay where there is none. */
    static String settingsOfNobody() {
        try {
            return settings(freePort(), "of-nobody");
        } catch (IOException cannotListen) {
            throw new UncheckedIOException(cannotListen);
        }
    }

    private static String settings(int port, String secret) {
        return "{\"turnUrls\": \"turn:127.0.0.1:%d?transport=udp\", \"turnSecret\": \"%s\"}".formatted(port, secret);
    }

    /** What it has logged so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException cannotRead) {
            throw new UncheckedIOException(cannotRead);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    private boolean listens() {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.peer.s3;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * An empty S3 store that runs beside a test, on the JVM of the test, from what the build has put into {@code s3-peer/target}. It refuses whoever has not the one key that it knows. Whoever starts it closes it. What it has to say is in
 * {@code s3-peer/target/s3-peer-*.log}.
 */
public final class S3PeerProcess implements AutoCloseable {

    public static final String ACCESS_KEY = "sluse-access";
    public static final String SECRET_KEY = "sluse-secret";

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Process process;
    private final URI endpoint;

    private S3PeerProcess(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts one with one bucket; returns when it serves.
     *
     * @param folder an empty one, for its files
     * @throws IllegalStateException when it has ended, or does not serve after 60 seconds; says where its log is
     */
    public static S3PeerProcess start(Path folder, String bucket) {
        var classes = classes();
        var target = Objects.requireNonNull(classes.getParent());
        var libraries = target.resolve("lib");
        if (!Files.isDirectory(libraries)) {
            throw new IllegalStateException(
                    "'" + libraries + "' is not there; right would be to build the module s3-peer first");
        }
        try {
            var endpoint = URI.create("http://127.0.0.1:" + freePort());
            var kept = Files.createDirectories(folder.resolve("kept").resolve(bucket)).resolveSibling("");
            var properties = Files.writeString(folder.resolve("s3proxy.properties"), """
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.endpoint=%s
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    jclouds.provider=filesystem-nio2
                    jclouds.filesystem.basedir=%s
                    """.formatted(endpoint, ACCESS_KEY, SECRET_KEY, kept));
            var log = Files.createTempFile(target, "s3-peer-", ".log");
            var process = new ProcessBuilder(
                    List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                            classes + File.pathSeparator + libraries.resolve("*"), "org.gaul.s3proxy.Main",
                            "--properties", properties.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            // Should the test's JVM be stopped before it closes it.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            awaitReady(process, endpoint, log);
            return new S3PeerProcess(process, endpoint);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The address of its API, without a slash at the end. */
    public URI endpoint() {
        return endpoint;
    }

    /** Kills it; returns when it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(Process process, URI endpoint, Path log) {
        var end = System.nanoTime() + READY_WITHIN.toNanos();
        while (!answers(endpoint)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("The peer is not ready; its log is '" + log + "'");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean answers(URI endpoint) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** {@code s3-peer/target/classes} or the jar beside it. */
    private static Path classes() {
        try {
            return Path.of(S3PeerProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

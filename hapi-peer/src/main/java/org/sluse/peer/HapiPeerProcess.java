// SPDX-License-Identifier: Apache-2.0
package org.sluse.peer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@link HapiPeer} that runs beside a test, on the JVM of the test, from what the build has put into {@code hapi-peer/target}. Needs no library.
 * Whoever starts it closes it; should the test's JVM die before, so does the peer. What the server has to say is in
 * {@code hapi-peer/target/hapi-peer-*.log}.
 */
public final class HapiPeerProcess implements AutoCloseable {

    private static final int READY_WITHIN_SECONDS = 180;
    private static final String READY = "ready ";

    private final Process process;
    private final URI base;

    private HapiPeerProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Starts an empty peer with its database in memory; returns when it serves. */
    public static HapiPeerProcess start() {
        return start("h2");
    }

    /**
     * Starts a peer; returns when it serves.
     *
     * @param database {@code h2}, or the address of an existing database, {@code jdbc:postgresql://...} with user and password in it
     * @throws IllegalStateException when it has ended, or does not serve after 180 seconds; says where its log is
     */
    public static HapiPeerProcess start(String database) {
        var classes = classes();
        var target = Objects.requireNonNull(classes.getParent());
        var libraries = target.resolve("lib");
        if (!Files.isDirectory(libraries)) {
            throw new IllegalStateException(
                    "'" + libraries + "' is not there; right would be to build the module hapi-peer first");
        }
        try {
            var log = Files.createTempFile(target, "hapi-peer-", ".log");
            var process = new ProcessBuilder(command(classes, libraries, database)).redirectError(log.toFile()).start();
            try {
                return new HapiPeerProcess(process, awaitReady(process, log));
            } catch (RuntimeException notReady) {
                process.destroyForcibly();
                throw notReady;
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The address of its FHIR API, without a slash at the end. */
    public URI base() {
        return base;
    }

    /** Kills it; returns when it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static List<String> command(Path classes, Path libraries, String database) {
        var classPath = classes + File.pathSeparator + libraries.resolve("*");
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:+UseSerialGC",
                "-cp",
                classPath, "org.sluse.peer.HapiPeer", "--port", "0", "--db", database);
    }

    private static URI awaitReady(Process process, Path log) {
        var firstLine = CompletableFuture.supplyAsync(() -> firstLine(process));
        try {
            var line = firstLine.get(READY_WITHIN_SECONDS, TimeUnit.SECONDS);
            if (line.startsWith(READY)) {
                return URI.create(line.substring(READY.length()));
            }
            throw new IllegalStateException("The peer has ended before it was ready; its log is '" + log + "'");
        } catch (TimeoutException late) {
            throw new IllegalStateException(
                    "The peer is not ready after " + READY_WITHIN_SECONDS + " s; its log is '" + log + "'", late);
        } catch (ExecutionException unreadable) {
            throw new IllegalStateException("The peer cannot be read; its log is '" + log + "'", unreadable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the peer was starting", interrupted);
        }
    }

    private static String firstLine(Process process) {
        try {
            var line = process.inputReader().readLine();
            return line == null ? "" : line;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@code hapi-peer/target/classes} or the jar beside it. */
    private static Path classes() {
        try {
            return Path.of(HapiPeerProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

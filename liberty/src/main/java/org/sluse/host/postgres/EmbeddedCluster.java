// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL out of binaries from Maven Central, made safe: password, loopback only, every commit on the disk. It ends with the node, and with nothing else: one that ends by itself, as when it is killed or its
 * disk is full, is started again at the same port, and one that a killed node has left behind makes room for the next. Thread-safe.
 */
final class EmbeddedCluster {

    private static final Logger LOG = Logger.getLogger(EmbeddedCluster.class.getName());

    /** Recovery after a kill included. */
    private static final Duration UNTIL_UP = Duration.ofSeconds(60);
    private static final Duration UNTIL_ENDED = Duration.ofSeconds(30);
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);

    private final Path folder;
    private final Path data;
    private final String password;
    private final int port;
    private @Nullable EmbeddedPostgres running;
    private boolean stopped;

    private EmbeddedCluster(Path folder, String password) throws IOException {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.password = password;
        var first = first();
        this.running = first;
        this.port = first.getPort();
    }

    static EmbeddedCluster start(Path folder, String password) throws IOException {
        Files.createDirectories(folder);
        var cluster = new EmbeddedCluster(folder, password);
        cluster.watch();
        return cluster;
    }

    /** On the loopback address; the same as long as the node lives. */
    int port() {
        return port;
    }

    synchronized void stop() {
        stopped = true;
        end();
    }

    private EmbeddedPostgres first() throws IOException {
        var initialised = data.resolve("sluse.initialised");
        if (Files.exists(initialised)) {
            endWhatWasLeftBehind();
            return settings().setConnectConfig("password", password).start();
        }
        // A first start that was cut off has no password yet; nothing of value is in it.
        deleteRecursively(data);
        var server = settings().start();
        protect(server);
        Files.createFile(initialised);
        return server;
    }

    private EmbeddedPostgres.Builder settings() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(UNTIL_UP)
                .setServerConfig("listen_addresses", "127.0.0.1")
                // The library's own defaults are for throw-away tests: fsync off.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "64MB");
    }

    private void protect(EmbeddedPostgres server) throws IOException {
        var jdbi = Jdbi.create(server.getPostgresDatabase());
        jdbi.useHandle(handle -> handle.execute("alter user postgres password '" + password + "'"));
        Files.writeString(data.resolve("pg_hba.conf"), """
                local all all scram-sha-256
                host all all 127.0.0.1/32 scram-sha-256
                """);
        jdbi = Jdbi.create("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", password);
        jdbi.useHandle(handle -> handle.execute("select pg_reload_conf()"));
    }

    private void watch() throws IOException {
        var end = process().map(ProcessHandle::onExit).orElseGet(() -> CompletableFuture.completedFuture(null));
        end.thenRunAsync(this::startAgain);
    }

    private synchronized void startAgain() {
        if (stopped) {
            return;
        }
        LOG.severe(
                "postgres-ended reason=the PostgreSQL of this server has ended by itself, and is started again; its lines above say why");
        try {
            // Whoever holds the library's lock on the folder may start there.
            end();
            endWhatWasLeftBehind();
            running = settings().setConnectConfig("password", password).setPort(port).start();
            LOG.info("postgres-back port=" + port);
            watch();
        } catch (IOException | RuntimeException cannotStart) {
            LOG.log(Level.SEVERE, "postgres-cannot-start reason=it is tried again after " + BETWEEN_STARTS.toSeconds()
                    + " s; right would be a disk with space, and a folder '" + data + "' that nobody else changes",
                    cannotStart);
            CompletableFuture.delayedExecutor(BETWEEN_STARTS.toSeconds(), TimeUnit.SECONDS).execute(this::startAgain);
        }
    }

    private void end() {
        var server = running;
        running = null;
        if (server == null) {
            return;
        }
        try {
            var ending = process();
            // Asks it to end, and waits less long than a last checkpoint may take.
            server.close();
            ending.ifPresent(EmbeddedCluster::hasEnded);
        } catch (IOException | RuntimeException left) {
            LOG.log(Level.WARNING, "postgres-cannot-stop folder=" + data, left);
        }
    }

    /** A node that was killed leaves its PostgreSQL running, and two must not be on one folder. Nobody asks it for anything any more. */
    private void endWhatWasLeftBehind() throws IOException {
        var left = process();
        if (left.isPresent()) {
            LOG.warning("postgres-left-behind process=" + left.get().pid());
            left.get().destroy();
            if (!hasEnded(left.get())) {
                left.get().destroyForcibly();
            }
        }
    }

    private static boolean hasEnded(ProcessHandle process) {
        return process.onExit()
                .thenApply(_ -> true)
                .completeOnTimeout(false, UNTIL_ENDED.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** The process that PostgreSQL says it is, as long as it lives. A number that another program has by now is none. */
    private Optional<ProcessHandle> process() throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readString(file)
                .lines()
                .findFirst()
                .map(String::strip)
                .filter(number -> number.matches("\\d+"))
                .flatMap(number -> ProcessHandle.of(Long.parseLong(number)))
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
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

    private static final Duration UNTIL_UP = Duration.ofSeconds(60);
    /** Shorter than a stop of the node may take. One that is not up by then, since it has much to recover, is left to it. */
    private static final Duration UNTIL_UP_AGAIN = Duration.ofSeconds(10);
    private static final Duration UNTIL_ENDED = Duration.ofSeconds(10);
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);
    /** PostgreSQL notes the second in which it starts, a little after the system does, and clocks are set. */
    private static final Duration SAME_START = Duration.ofMinutes(1);

    private final Path folder;
    private final Path data;
    private final String password;
    private final FileChannel held;
    private final int port;
    private @Nullable EmbeddedPostgres running;
    private volatile boolean stopped;

    private EmbeddedCluster(Path folder, String password) throws IOException {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.password = password;
        this.held = hold(folder.resolve("lock"));
        var first = first();
        this.running = first;
        this.port = first.getPort();
    }

    /** @throws IOException when it does not start, or another node works in the folder */
    static EmbeddedCluster start(Path folder, String password) throws IOException {
        Files.createDirectories(folder);
        var cluster = new EmbeddedCluster(folder.toAbsolutePath().normalize(), password);
        cluster.watch();
        return cluster;
    }

    /** On the loopback address; the same as long as the node lives. */
    int port() {
        return port;
    }

    void stop() {
        // Before the lock, which one that is being started again holds: it is the last one then.
        stopped = true;
        synchronized (this) {
            close();
            try {
                end();
                held.close();
            } catch (IOException left) {
                LOG.log(Level.WARNING, "postgres-cannot-stop folder=" + data, left);
            }
        }
    }

    /** As long as the node lives. Whoever has it may end what runs there. */
    private static FileChannel hold(Path lock) throws IOException {
        var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // Said below.
        }
        channel.close();
        throw new IOException("another server works in this folder");
    }

    private EmbeddedPostgres first() throws IOException {
        end();
        var initialised = data.resolve("sluse.initialised");
        if (Files.exists(initialised)) {
            return settings().setConnectConfig("password", password).start();
        }
        // A first start that was cut off has no password yet; nothing of value is in it.
        deleteRecursively(data);
        var server = settings().start();
        try {
            protect(server);
            Files.createFile(initialised);
            return server;
        } catch (IOException | RuntimeException unprotected) {
            server.close();
            throw unprotected;
        }
    }

    private EmbeddedPostgres.Builder settings() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setCleanDataDirectory(false)
                // It ends when the node has no more use for it, which is later than the process begins to end.
                .setRegisterShutdownHook(false)
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
        var process = process();
        if (process.isEmpty()) {
            LOG.warning("postgres-not-watched reason=this system does not say when its process was started");
            return;
        }
        process.get().onExit().thenRunAsync(() -> {
            if (!stopped) {
                LOG.warning(
                        "postgres-ended reason=the PostgreSQL of this server has ended by itself, and is started again; its lines above say why");
                startAgain();
            }
        });
    }

    private synchronized void startAgain() {
        if (stopped) {
            return;
        }
        try {
            close();
            if (process().isEmpty()) {
                // The library's own; one start that failed would keep it for ever.
                Files.deleteIfExists(data.resolve("epg-lock"));
                running = settings().setConnectConfig("password", password)
                        .setPort(port)
                        .setPGStartupWait(UNTIL_UP_AGAIN)
                        .start();
                LOG.info("postgres-back port=" + port);
            }
            watch();
        } catch (IOException | RuntimeException cannotStart) {
            LOG.log(Level.SEVERE, "postgres-cannot-start reason=it is tried again after " + BETWEEN_STARTS.toSeconds()
                    + " s; right would be a disk with space, and a folder '" + data + "' that nobody else changes",
                    cannotStart);
            CompletableFuture.delayedExecutor(BETWEEN_STARTS.toSeconds(), TimeUnit.SECONDS).execute(this::startAgain);
        }
    }

    private void close() {
        var server = running;
        running = null;
        if (server != null) {
            try {
                // Asks it to end, and waits less long than a last checkpoint may take.
                server.close();
            } catch (IOException | RuntimeException left) {
                LOG.log(Level.WARNING, "postgres-cannot-stop folder=" + data, left);
            }
        }
    }

    /** Ends what runs in the folder: what a node that was killed has left, or what a last checkpoint keeps. Two must not be there, and nobody else asks it for anything. */
    private void end() throws IOException {
        var left = process();
        if (left.isPresent()) {
            LOG.info("postgres-ending process=" + left.get().pid());
            left.get().destroy();
            if (!hasEnded(left.get())) {
                left.get().children().forEach(ProcessHandle::destroyForcibly);
                left.get().destroyForcibly();
                hasEnded(left.get());
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
        var lines = Files.readAllLines(file);
        if (lines.size() < 3 || !lines.get(0).strip().matches("\\d+") || !lines.get(2).strip().matches("\\d+")) {
            return Optional.empty();
        }
        var start = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .filter(other -> Duration.between(other, start).abs().compareTo(SAME_START) < 0)
                        .isPresent());
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

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** A PostgreSQL out of binaries from Maven Central, made safe: password, loopback only, every commit on the disk. */
final class EmbeddedCluster {

    private EmbeddedCluster() {
    }

    static EmbeddedPostgres start(Path folder, String password) throws IOException {
        Files.createDirectories(folder);
        var data = folder.resolve("data");
        var initialised = Files.exists(data.resolve("sluse.initialised"));
        if (!initialised) {
            // A first start that was cut off has no password yet; nothing of value is in it.
            deleteRecursively(data);
        }
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("listen_addresses", "127.0.0.1")
                // The library's own defaults are for throw-away tests: fsync off.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "64MB");
        if (initialised) {
            builder.setConnectConfig("password", password);
        }
        var server = builder.start();
        if (!initialised) {
            protect(server, data, password);
        }
        return server;
    }

    private static void protect(EmbeddedPostgres server, Path data, String password) throws IOException {
        var jdbi = Jdbi.create(server.getPostgresDatabase());
        jdbi.useHandle(handle -> handle.execute("alter user postgres password '" + password + "'"));
        Files.writeString(data.resolve("pg_hba.conf"), """
                local all all scram-sha-256
                host all all 127.0.0.1/32 scram-sha-256
                """);
        Files.createFile(data.resolve("sluse.initialised"));
        jdbi = Jdbi.create("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", password);
        jdbi.useHandle(handle -> handle.execute("select pg_reload_conf()"));
    }

    static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException cannotStop) {
            throw new UncheckedIOException(cannotStop);
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.sluse.host.config.HostSettings;
import org.sluse.host.key.Vault;
import org.sluse.host.key.Vaults;

/** The host's own embedded cluster, once for each test process; it ends with the process and its folder with it. */
public final class RunningCluster {

    private static final long ROOM = 4L << 30;

    /** Where it lies, with the vault whose values are its passwords. */
    public static final Vault VAULT;

    /** The cluster. */
    public static final Postgres POSTGRES;

    static {
        var folder = folder();
        VAULT = Vaults.in(folder);
        POSTGRES = start(folder);
    }

    private RunningCluster() {}

    /** A further one, for a server that shares its control database with no other; it ends with the process too. */
    public static Postgres another() {
        return start(folder());
    }

    /** A location's own, at an address where nothing answers. */
    public static Postgres away() {
        return new Postgres(new HostSettings.Postgres("jdbc:postgresql://127.0.0.1:1/postgres", "sluse", "secret"),
                "sluse.location.oslo.postgres.url", 10);
    }

    /** The same cluster, as it is to a server whose role there is another one. */
    public static Postgres as(String user, String password) {
        try (var handle = POSTGRES.open("postgres")) {
            var port = handle.createQuery("select inet_server_port()").mapTo(int.class).one();
            return new Postgres(new HostSettings.Postgres("jdbc:postgresql://127.0.0.1:" + port + "/postgres", user,
                    password), "sluse.postgres.url", 10);
        }
    }

    private static Postgres start(Path folder) {
        var cluster = new Postgres(Vaults.settings(folder), Vaults.in(folder));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            cluster.stop();
            delete(folder);
        }));
        return cluster;
    }

    /** In memory where there is room: nothing here outlives the process, and a database that is dropped has the whole cluster written to its disk first. */
    private static Path folder() {
        try {
            var memory = Path.of("/dev/shm");
            return Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ROOM
                    ? Files.createTempDirectory(memory, "sluse-cluster")
                    : Files.createTempDirectory("sluse-cluster");
        } catch (IOException cannotMake) {
            throw new UncheckedIOException(cannotMake);
        }
    }

    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.sluse.host.key.Vault;
import org.sluse.host.key.Vaults;

/** The host's own embedded cluster, once for each test process; it ends with the process and its folder with it. */
public final class RunningCluster {

    /** Where it lies, with the vault whose values are its passwords. */
    public static final Vault VAULT;

    /** The cluster. */
    public static final Postgres POSTGRES;

    static {
        try {
            var folder = Files.createTempDirectory("sluse-cluster");
            VAULT = Vaults.in(folder);
            POSTGRES = new Postgres(Vaults.settings(folder), VAULT);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                POSTGRES.stop();
                delete(folder);
            }));
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    private RunningCluster() {}

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

// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.sluse.it.agent.ConnectAgent;

/** Every connect of a server's process since its start, and who asked for it. */
final class Connects {

    private final Path folder;

    /**
     * A connect.
     *
     * @param callers classes that are not Java's own, the innermost first
     */
    record Connect(String address, int port, List<String> callers) {

        static Connect of(String line) {
            var words = line.split(" ");
            return new Connect(words[0], Integer.parseInt(words[1]),
                    Arrays.asList(words).subList(2, words.length));
        }

        /** Whether one of these packages asked for it. */
        boolean isBy(String... packages) {
            return callers.stream().anyMatch(caller -> Arrays.stream(packages).anyMatch(caller::startsWith));
        }
    }

    /** @param folder where the process writes them */
    Connects(Path folder) {
        this.folder = folder;
    }

    /** With this option a process has its connects written down. */
    String option() {
        return AgentJar.option(folder, ConnectAgent.class, folder.resolve("connects"));
    }

    /** Of this process. */
    List<Connect> of(long process) {
        try {
            var text = Files.readString(folder.resolve("connects." + process));
            // What has no end yet is being written.
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Connect::of).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Those that neither a way out of the host's own asked for nor PostgreSQL's side. */
    static List<Connect> foreign(List<Connect> all) {
        return all.stream().filter(one -> !one.isBy("org.sluse.host.outgoing.") && !isOfPostgres(one)).toList();
    }

    /** Its driver, and who starts the embedded one and waits until it answers. */
    static boolean isOfPostgres(Connect one) {
        return one.isBy("org.postgresql.", "io.zonky.test.db.postgres.embedded.");
    }
}

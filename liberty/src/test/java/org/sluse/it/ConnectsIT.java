// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Everything that the server of the whole test run has connected to since its start: in this journey, and in whichever tests came before. */
class ConnectsIT {

    @Test
    void the_process_connects_to_postgresql_to_identity_providers_and_to_declared_recipients_and_to_nobody_else() {
        var server = RunningServer.get();
        var postgres = postgres(server);
        var record = server.base().getPort();
        var busy = new BusyClinic("Journey");
        Socket.open(busy.clinic(), "video").say("{\"type\": \"join\", \"ticket\": \"" + busy.ticket() + "\"}");
        Await.until("a delivery has gone out", 30, TimeUnit.SECONDS,
                () -> server.connects().stream().anyMatch(one -> one.port() == record));

        var all = server.connects();

        // What has to be there first: a record of nothing would pass all that follows.
        assertThat(all).anyMatch(one -> one.isBy("org.postgresql.") && one.port() == postgres);
        assertThat(all).anyMatch(one -> one.isBy("org.sluse.host.signin.") && one.isBy("org.sluse.host.outgoing.")
                && one.port() == server.identityProvider().getPort());
        assertThat(all).anyMatch(one -> one.isBy("org.sluse.host.disclosure.") && one.isBy("org.sluse.host.outgoing.")
                && one.port() == record);
        assertThat(Connects.foreign(all)).isEmpty();
        assertThat(all.stream().filter(Connects::isOfPostgres)).as("under the name of the driver")
                .allMatch(one -> one.port() == postgres);
    }

    /** As PostgreSQL itself has written it down: the fourth line of its lock file. */
    private static int postgres(RunningServer server) {
        try {
            return Integer
                    .parseInt(Files.readAllLines(server.data().resolve("postgres/data/postmaster.pid")).get(3).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

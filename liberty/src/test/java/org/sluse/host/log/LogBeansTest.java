// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.proof.LogSigner;
import org.sluse.testkit.ManualClock;

/** Whose key signs the logs. On a real control database. */
class LogBeansTest {

    @TempDir
    Path folder;

    private final ControlDatabase control = ControlDatabases.running(new ManualClock());

    @BeforeEach
    void a_new_installation() {
        try (var handle = RunningCluster.POSTGRES.open("sluse_control")) {
            handle.execute("delete from log_key");
        }
    }

    @Test
    void the_first_start_makes_a_key_that_only_its_owner_reads() throws IOException {
        var file = folder.resolve("keys/log.key");

        var made = LogBeans.signer(file, "127.0.0.1:8080", control);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(made.key().name()).isEqualTo("127.0.0.1:8080");
        assertThat(LogBeans.signer(file, "another.example", control).key()).isEqualTo(made.key());
    }

    @Test
    void a_node_without_the_installations_key_does_not_start() {
        LogBeans.signer(folder.resolve("first/log.key"), "sluse.example", control);

        assertThatThrownBy(() -> LogBeans.signer(folder.resolve("second/log.key"), "sluse.example", control))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not there or cannot be used in keys/log.key; right would be that file");
    }

    @Test
    void a_node_with_another_key_does_not_start() throws IOException {
        LogBeans.signer(folder.resolve("first/log.key"), "sluse.example", control);
        var second = Files.writeString(folder.resolve("log.key"), LogSigner.make("sluse.example").secretText());

        assertThatThrownBy(() -> LogBeans.signer(second, "sluse.example", control))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is another one in keys/log.key");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_key_is_its_owners_and_nothing_else_is_left() throws IOException {
        var file = folder.resolve("keys/a.key");

        KeyFile.create(file, "secret");

        assertThat(file).hasContent("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void a_key_that_is_there_stays() throws IOException {
        var file = Files.writeString(folder.resolve("a.key"), "first");

        KeyFile.create(file, "second");

        assertThat(file).hasContent("first");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }
}

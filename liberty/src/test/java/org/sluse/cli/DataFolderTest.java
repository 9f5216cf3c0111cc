// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_operators_token_is_made_once_and_only_its_owner_reads_it() throws IOException {
        var data = new DataFolder(folder);

        var token = data.requireToken();

        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
        assertThat(data.requireToken()).isEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.token().file())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new DataFolder(file.resolve("data")).prepare()).hasMessage(
                "The data folder %s/data cannot be written to; right would be a folder of your own, named with --data."
                        .formatted(file));
    }

    @Test
    void a_process_is_ours_while_its_id_and_its_start_both_fit() {
        var us = ProcessHandle.current();
        var noted = new DataFolder(folder).server();

        noted.write(us);

        assertThat(noted.process()).contains(us);
    }

    @Test
    void a_process_that_has_our_old_id_by_now_is_not_ours() {
        var data = new DataFolder(folder);

        new DataFolder.Note(data.server().file()).write(ProcessHandle.current().pid() + " 1000");

        assertThat(data.server().process()).isEmpty();
    }

    @Test
    void a_note_that_is_not_a_process_is_no_process() {
        var data = new DataFolder(folder);

        new DataFolder.Note(data.server().file()).write("what is this");

        assertThat(data.server().process()).isEmpty();
    }
}

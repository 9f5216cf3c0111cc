// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreFolderTest {

    @TempDir
    private Path folder = Path.of("");
    private Path keys = folder;
    private Path place = folder;
    private Path into = folder;

    @BeforeEach
    void keys_and_a_place() throws IOException {
        keys = Files.createDirectory(folder.resolve("keys"));
        place = Files.createDirectory(folder.resolve("place"));
        into = folder.resolve("into");
        Files.writeString(keys.resolve("root.json"), "root");
        Files.writeString(keys.resolve("backup.json"), "backup");
        Files.writeString(keys.resolve("log.key"), "log");
    }

    @Test
    void a_fresh_folder_gets_keys_that_only_its_owner_reads_and_the_order() throws IOException {
        Files.writeString(keys.resolve("further.key"), "further");

        prepare(Optional.of(keys), Optional.of("north"));

        assertThat(into.resolve("keys/root.json")).hasContent("root");
        assertThat(into.resolve("keys/further.key")).hasContent("further");
        assertThat(Files.getPosixFilePermissions(into.resolve("keys/backup.json"))).hasSize(2);
        assertThat(into.resolve("restore.json")).content().contains("\"clinic\":\"north\"").contains(place.toString());
    }

    @Test
    void without_keys_nothing_is_begun() {
        refused(Optional.empty()).withMessageStartingWith("Without the keys nobody can read a backup");

        assertThat(into).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root.json", "backup.json", "log.key"})
    void without_one_of_the_keys_nothing_is_begun(String key) throws IOException {
        Files.delete(keys.resolve(key));

        refused(Optional.of(keys)).withMessageContaining(key + " is missing");

        assertThat(into).doesNotExist();
    }

    @Test
    void the_witness_may_lie_there_already_and_stays() throws IOException {
        var witness = Files.createDirectories(into.resolve("witness/clinic")).resolve("north.txt");
        Files.writeString(witness, "signed");

        prepare(Optional.of(keys), Optional.empty()).undo(StoppedShortException.cannotStart("No"));

        assertThat(witness).hasContent("signed");
        assertThat(into.resolve("keys")).doesNotExist();
    }

    @Test
    void a_folder_of_something_else_stays_as_it_is() throws IOException {
        Files.createDirectories(into.resolve("photographs"));

        refused(Optional.of(keys)).withMessageContaining("is in use for something else");

        assertThat(into).isDirectoryNotContaining(file -> !file.endsWith("photographs"));
    }

    @Test
    void an_installation_with_other_keys_stays_as_it_is() throws IOException {
        Files.createDirectories(into.resolve("keys"));
        Files.writeString(into.resolve("keys/root.json"), "another");

        refused(Optional.of(keys)).withMessageContaining("is the folder of another installation");

        assertThat(into.resolve("keys/root.json")).hasContent("another");
        assertThat(into.resolve("restore.json")).doesNotExist();
    }

    @Test
    void when_nothing_came_of_it_the_folder_is_as_it_was_and_the_servers_sentence_is_said() throws IOException {
        Files.createDirectories(into.resolve("plugins"));
        Files.writeString(into.resolve("sluse.properties"), "a=b");
        var prepared = prepare(Optional.of(keys), Optional.empty());
        Files.createDirectories(into.resolve("postgres/data"));
        Files.writeString(into.resolve("restored.json"), "{\"restored\": [], \"refused\": [\"It was altered.\"]}");

        var said = prepared.undo(StoppedShortException.cannotStart("The server could not start"));

        assertThat(said).hasMessage("It was altered.");
        try (var files = Files.list(into)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("sluse.properties",
                    "plugins");
        }
    }

    @Test
    void a_folder_that_was_not_there_is_gone_again() throws IOException {
        var prepared = prepare(Optional.of(keys), Optional.empty());
        Files.writeString(into.resolve("restored.json"), "{\"restored\": [], \"refused\": [\"No.\"]}");

        prepared.undo(StoppedShortException.cannotStart("The server could not start"));

        assertThat(into).doesNotExist();
    }

    @Test
    void a_server_that_could_not_start_for_another_reason_leaves_its_log() {
        var prepared = prepare(Optional.of(keys), Optional.empty());

        var said = prepared.undo(StoppedShortException.cannotStart("The server could not start"));

        assertThat(said).hasMessage("The server could not start");
        assertThat(into.resolve("logs")).exists();
        assertThat(into.resolve("keys")).doesNotExist();
        prepare(Optional.of(keys), Optional.empty());
    }

    @Test
    void a_bucket_is_the_servers_to_look_for() {
        RestoreFolder.prepare(new DataFolder(into), Optional.of(keys), "s3://clinic-backups/nights", Optional.empty(),
                Optional.empty());

        assertThat(into.resolve("restore.json")).hasContent("{\"place\":\"s3://clinic-backups/nights\"}");
    }

    private RestoreFolder prepare(Optional<Path> from, Optional<String> tenant) {
        return RestoreFolder.prepare(new DataFolder(into), from, place.toString(), tenant, Optional.empty());
    }

    private ThrowableAssertAlternative<StoppedShortException> refused(Optional<Path> from) {
        return assertThatExceptionOfType(StoppedShortException.class)
                .isThrownBy(() -> prepare(from, Optional.empty()));
    }
}

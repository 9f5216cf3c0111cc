// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPlaceTest extends PlaceContract {

    @TempDir
    private Path folder = Path.of("");

    @Override
    Place place() {
        return new FolderPlace(folder);
    }

    @Test
    void no_half_file_lies_on_the_disk_of_what_could_not_be_written() throws IOException {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> place().write("north/1.data", target -> {
            target.write(7);
            throw new IOException("No space left on device");
        }));

        try (var files = Files.list(folder.resolve("north"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void folders_of_the_disk_are_left_alone() throws IOException {
        Files.createDirectory(folder.resolve("lost+found"));

        assertThat(place().names("")).isEmpty();
    }
}

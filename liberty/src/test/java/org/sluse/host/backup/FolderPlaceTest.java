// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPlaceTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_file_is_there_when_it_is_whole_and_not_before() throws IOException {
        var place = new FolderPlace(folder);

        place.write("north/1.data", target -> {
            target.write("half".getBytes(StandardCharsets.UTF_8));
            assertThat(place.names("")).doesNotContain("north/1.data");
        });

        assertThat(place.names("north/")).containsExactly("north/1.data");
        try (var read = place.read("north/1.data")) {
            assertThat(read.readAllBytes()).asString().isEqualTo("half");
        }
    }

    @Test
    void nothing_is_left_of_what_could_not_be_written() throws IOException {
        var place = new FolderPlace(folder);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> place.write("north/1.data", target -> {
            target.write(7);
            throw new IOException("No space left on device");
        }));

        try (var files = Files.list(folder.resolve("north"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void no_file_takes_the_place_of_another() throws IOException {
        var place = new FolderPlace(folder);
        place.write("north/1.data", target -> target.write(1));

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> place.write("north/1.data", target -> target.write(2)));
    }

    @Test
    void names_are_in_order_and_of_one_clinic_where_one_is_asked_for() throws IOException {
        var place = new FolderPlace(folder);
        for (var name : new String[]{"south/1.data", "north/2.data", "north/1.data", "north-east/1.data"}) {
            place.write(name, target -> target.write(1));
        }
        Files.createDirectory(folder.resolve("lost+found"));

        assertThat(place.names("north/")).containsExactly("north/1.data", "north/2.data");
        assertThat(place.names("")).containsExactly("north-east/1.data", "north/1.data", "north/2.data",
                "south/1.data");
        place.remove("north/1.data");
        place.remove("north/1.data");
        assertThat(place.names("north/")).containsExactly("north/2.data");
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> place.read("north/1.data"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {

    @TempDir
    Path folder;

    @Test
    void what_was_appended_is_read_in_its_order() throws IOException {
        var witness = new Witness(folder.resolve("clinic/north.txt"));
        assertThat(witness.last()).isEmpty();
        assertThat(witness.notes()).isEmpty();

        assertThat(witness.append(_ -> List.of(note(1), note(2)))).isEqualTo(2);
        witness.append(last -> List.of(note(last.map(String::length).orElse(0) > 0 ? 3 : 0)));

        assertThat(witness.last()).contains(note(3));
        try (var notes = witness.notes()) {
            assertThat(notes).containsExactly(note(1), note(2), note(3));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(witness.file()))).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin\\n2\\nAA", "origin\\n", "origin\\n2\\n", "origin\\n2\\nroot\\n\\n",
            "origin\\n2\\nroot\\n\\n\u2014 name signature"})
    void a_torn_line_is_no_note_and_spoils_none(String torn) throws IOException {
        var witness = new Witness(folder.resolve("operator.txt"));
        witness.append(_ -> List.of(note(1)));
        Files.writeString(witness.file(), torn, StandardOpenOption.APPEND);

        assertThat(witness.last()).contains(note(1));
        witness.append(_ -> List.of(note(3)));

        try (var notes = witness.notes()) {
            assertThat(notes).containsExactly(note(1), note(3));
        }
    }

    @Test
    void the_last_of_very_many_is_found_without_reading_all() throws IOException {
        var witness = new Witness(folder.resolve("operator.txt"));
        witness.append(_ -> IntStream.range(0, 5000).mapToObj(WitnessTest::note).toList());

        assertThat(witness.last()).contains(note(4999));
    }

    private static String note(int size) {
        return "origin\n" + size + "\nroot\n\n\u2014 name signature\n";
    }
}

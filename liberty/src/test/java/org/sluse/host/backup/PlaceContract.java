// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every place for backups does. */
abstract class PlaceContract {

    static final int MIB = 1 << 20;

    /** An empty one; the same in each call of a test. */
    abstract Place place();

    @Test
    void a_file_is_there_when_it_is_whole_and_not_before() throws IOException {
        place().write("north/1.data", target -> {
            target.write("half".getBytes(StandardCharsets.UTF_8));
            assertThat(place().names("")).doesNotContain("north/1.data");
        });

        assertThat(place().names("north/")).containsExactly("north/1.data");
        try (var read = place().read("north/1.data")) {
            assertThat(read.readAllBytes()).asString().isEqualTo("half");
        }
    }

    @Test
    void a_file_may_be_empty() throws IOException {
        place().write("north/1.data", target -> {
        });

        try (var read = place().read("north/1.data")) {
            assertThat(read.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40})
    void nothing_is_left_of_what_was_cut_off(int mebibytes) throws IOException {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> place().write("north/1.data", target -> {
            random(mebibytes, target);
            throw new IOException("The connection to the database is broken");
        })).withMessage("The connection to the database is broken");

        assertThat(place().names("")).isEmpty();
        place().write("north/1.data", target -> target.write(1));
        assertThat(place().names("")).containsExactly("north/1.data");
    }

    @Test
    void no_file_takes_the_place_of_another() throws IOException {
        place().write("north/1.data", target -> target.write(1));

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> place().write("north/1.data", target -> target.write(2)));
        try (var read = place().read("north/1.data")) {
            assertThat(read.readAllBytes()).containsExactly(1);
        }
    }

    @Test
    void names_are_in_order_and_of_one_clinic_where_one_is_asked_for() throws IOException {
        for (var name : new String[]{"south/1.data", "north/2.data", "north/1.data", "north-east/1.data",
                "north@keys/1.data"}) {
            place().write(name, target -> target.write(1));
        }

        assertThat(place().names("north/")).containsExactly("north/1.data", "north/2.data");
        assertThat(place().names("north@keys/")).containsExactly("north@keys/1.data");
        assertThat(place().names("")).containsExactly("north-east/1.data", "north/1.data", "north/2.data",
                "north@keys/1.data", "south/1.data");
    }

    @Test
    void what_was_removed_is_gone_and_may_be_removed_again() throws IOException {
        place().write("north/1.data", target -> target.write(1));
        place().write("north/2.data", target -> target.write(2));

        place().remove("north/1.data");
        place().remove("north/1.data");

        assertThat(place().names("north/")).containsExactly("north/2.data");
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> place().read("north/1.data"));
    }

    @Test
    void what_is_large_comes_back_byte_by_byte() throws IOException {
        var written = sha256();
        place().write("north/1.data", target -> random(40, new DigestOutputStream(target, written)));

        var read = sha256();
        long bytes;
        try (var stream = new DigestInputStream(place().read("north/1.data"), read)) {
            bytes = stream.transferTo(OutputStream.nullOutputStream());
        }

        assertThat(bytes).isEqualTo(40 * MIB);
        assertThat(read.digest()).isEqualTo(written.digest());
    }

    /** Always the same; in pieces that fit no block. */
    static void random(int mebibytes, OutputStream target) throws IOException {
        var random = new Random(1);
        var piece = new byte[1000];
        for (long left = (long) mebibytes * MIB; left > 0; left -= piece.length) {
            random.nextBytes(piece);
            target.write(piece, 0, (int) Math.min(left, piece.length));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

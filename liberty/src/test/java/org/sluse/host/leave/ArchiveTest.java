// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The file that a clinic takes along. */
class ArchiveTest {

    @Test
    void says_the_hash_of_each_file_in_the_words_of_sha256sum_and_ends_with_its_manifest() throws IOException {
        var whole = new ByteArrayOutputStream();
        try (var archive = new Archive(whole)) {
            archive.add("persons/epr/4.txt", "abc");
            archive.add("ledger.csv", out -> {
                out.write("".getBytes(StandardCharsets.UTF_8));
                // As writers of CSV do.
                out.close();
            });
            archive.end(sums -> archive.files() + " " + sums.length());
        }

        var files = read(whole.toByteArray());

        assertThat(files.keySet()).containsExactly("persons/epr/4.txt", "ledger.csv", "SHA256SUMS", "manifest.json");
        assertThat(files.get("SHA256SUMS")).isEqualTo(
                """
                        ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  persons/epr/4.txt
                        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ledger.csv
                        """);
        assertThat(files.get("manifest.json")).isEqualTo("2 64");
    }

    @Test
    void two_ids_have_two_names() {
        var names = List.of("a.b", "a b", "a/b", "a_b", "a_2eb", "\u00e5", "a-b")
                .stream()
                .map(Archive::part)
                .toList();

        assertThat(names).containsExactly("a_2eb", "a_20b", "a_2fb", "a_5fb", "a_5f2eb", "_c3_a5", "a-b");
    }

    private static Map<String, String> read(byte[] zip) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}

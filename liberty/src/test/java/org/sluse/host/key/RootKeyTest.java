// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyTest {

    private static final String ADDRESS = "gcp-kms://" + KmsStandIn.RING + "root";
    private static final String PLAIN = "a key that a provider gave us";
    private static final String BINDING = "setting|clinic-north|video|apiKey";

    private final KmsStandIn kms = new KmsStandIn();
    @TempDir
    private Path folder = Path.of("");
    private Path file = Path.of("");
    private RootKey root = new RootKey(folder, kms::at);
    private String cipher = "";
    private String derived = "";

    @BeforeEach
    void a_server_with_a_plain_file() {
        file = folder.resolve("keys/root.json");
        root = new RootKey(folder, kms::at);
        var vault = new Vault(root);
        cipher = vault.encrypt(PLAIN, BINDING);
        derived = vault.derive("postgres administrator");
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    /** As a start has it. */
    private void assertSameKey() {
        var vault = new Vault(new RootKey(folder, kms::at));
        assertThat(vault.decrypt(cipher, BINDING)).contains(PLAIN);
        assertThat(vault.derive("postgres administrator")).as("passwords of PostgreSQL").isEqualTo(derived);
    }

    @Test
    void sealed_it_is_the_same_key_and_in_no_file() throws IOException {
        var before = Files.readString(file);

        root.seal(ADDRESS);

        assertThat(root.sealedBy()).contains(ADDRESS);
        assertThat(Files.readString(file)).startsWith("{\"sealedBy\":\"" + ADDRESS + "\",\"sealed\":\"")
                .doesNotContain("value");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertSameKey();
        root.unseal();
        assertThat(file).hasContent(before);
        assertThat(root.sealedBy()).isEmpty();
        assertSameKey();
    }

    @Test
    void a_start_asks_once_and_what_runs_asks_no_more() {
        root.seal(ADDRESS);
        var before = kms.calls.get();

        var vault = new Vault(new RootKey(folder, kms::at));
        assertThat(kms.calls).hasValue(before + 1);

        kms.google.fails(503, 503, 503, 503, 503);
        assertThat(vault.decrypt(cipher, BINDING)).contains(PLAIN);
        assertThat(vault.derive("postgres administrator")).isEqualTo(derived);
        assertThat(kms.calls).hasValue(before + 1);
    }

    @Test
    void a_start_without_the_service_is_refused_and_says_why() throws IOException {
        root.seal(ADDRESS);
        var sealed = Files.readString(file);
        kms.google.fails(503, 503, 503, 503, 503);

        assertThatExceptionOfType(KeyServiceException.class)
                .isThrownBy(() -> new Vault(new RootKey(folder, kms::at)))
                .withMessageContaining("one that starts needs it");
        assertThat(file).hasContent(sealed);
        assertSameKey();
    }

    @Test
    void nothing_is_changed_where_the_service_does_not_seal() throws IOException {
        var before = Files.readString(file);
        kms.google.fails(503, 503, 503, 503, 503);

        assertThatExceptionOfType(KeyServiceException.class).isThrownBy(() -> root.seal(ADDRESS));

        assertThat(file).hasContent(before);
        try (var files = Files.list(file.resolveSibling(""))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void nothing_is_changed_where_the_service_dies_after_it_has_sealed() throws IOException {
        var before = Files.readString(file);
        kms.alters(answer -> {
            kms.google.fails(503, 503, 503, 503, 503);
            return answer;
        });

        assertThatExceptionOfType(KeyServiceException.class).isThrownBy(() -> root.seal(ADDRESS));

        assertThat(file).hasContent(before);
        assertSameKey();
    }

    @Test
    void another_key_can_take_over() {
        root.seal(ADDRESS);

        root.seal("gcp-kms://" + KmsStandIn.RING + "another");

        assertThat(root.sealedBy()).contains("gcp-kms://" + KmsStandIn.RING + "another");
        assertSameKey();
    }

    @Test
    void a_file_that_is_gone_or_another_is_neither_sealed_nor_made_anew() throws IOException {
        var before = Files.readString(file);
        Files.delete(file);
        assertThatExceptionOfType(KeyServiceException.class).isThrownBy(() -> root.seal(ADDRESS))
                .withMessageContaining("not the file that this node was started with");
        assertThat(file).doesNotExist();

        var another = new RootKey(folder, kms::at);
        assertThat(new Vault(another).decrypt(cipher, BINDING)).isEmpty();
        assertThatExceptionOfType(KeyServiceException.class).isThrownBy(() -> root.unseal());

        Files.writeString(file, before);
        root.seal(ADDRESS);
        assertSameKey();
    }

    @Test
    void what_was_altered_in_a_plain_file_starts_no_server() throws IOException {
        Files.writeString(file, Files.readString(file).substring(20));

        assertThatIllegalStateException().isThrownBy(() -> new Vault(new RootKey(folder, kms::at)))
                .withMessageStartingWith("The root key in the data folder cannot be used; right would be");
    }

    @Test
    void what_was_altered_in_a_sealed_file_starts_no_server_and_says_by_which_key_it_was_sealed() throws IOException {
        root.seal(ADDRESS);
        var text = Files.readString(file);
        var place = text.length() - 20;
        Files.writeString(file, text.substring(0, place) + (text.charAt(place) == 'A' ? 'B' : 'A')
                + text.substring(place + 1));

        assertThatExceptionOfType(KeyServiceException.class)
                .isThrownBy(() -> new Vault(new RootKey(folder, kms::at)))
                .withMessageStartingWith(
                        "keys/root.json is not what the key '" + ADDRESS + "' has sealed: it was altered")
                .withMessageContaining("right would be the file as 'sluse keys wrap' has written it");
    }
}

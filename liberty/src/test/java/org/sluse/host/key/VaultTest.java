// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest extends SealingContract {

    @TempDir
    private Path folder;

    @Override
    Sealing sealing() {
        return Vaults.in(folder.resolve("one"));
    }

    @Override
    Sealing another() {
        return Vaults.in(folder.resolve("another"));
    }

    @Test
    void gives_nothing_when_any_character_was_altered() {
        var vault = Vaults.in(folder);
        var cipher = vault.encrypt(PLAIN, BINDING);

        // The last character carries unused bits, and is left out.
        assertThat(IntStream.range(0, cipher.length() - 1).mapToObj(place -> altered(cipher, place)))
                .allSatisfy(altered -> assertThat(vault.decrypt(altered, BINDING)).isEmpty());
        assertThat(vault.decrypt("", BINDING)).isEmpty();
        assertThat(vault.decrypt("not base64!", BINDING)).isEmpty();
    }

    private static String altered(String cipher, int place) {
        return cipher.substring(0, place) + (cipher.charAt(place) == 'A' ? 'B' : 'A') + cipher.substring(place + 1);
    }

    @Test
    void keeps_its_key_over_a_restart() {
        var before = Vaults.in(folder);
        var cipher = before.encrypt(PLAIN, BINDING);
        var derived = before.derive("postgres administrator");

        var after = Vaults.in(folder);

        assertThat(after.decrypt(cipher, BINDING)).contains(PLAIN);
        assertThat(after.derive("postgres administrator")).isEqualTo(derived);
    }

    @Test
    void derives_another_value_for_each_purpose() {
        var vault = Vaults.in(folder);

        assertThat(vault.derive("one")).isNotEqualTo(vault.derive("other")).hasSize(43);
    }

    @Test
    void lets_only_its_own_user_read_the_key() throws IOException {
        Vaults.in(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys/root.json"))))
                .isEqualTo("rw-------");
    }
}

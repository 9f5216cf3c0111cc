// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What everything that seals does, wherever its key is. */
abstract class SealingContract {

    static final String PLAIN = "a key that a provider gave us";
    static final String BINDING = "setting|clinic-north|video|apiKey";

    /** The same in each call of a test. */
    abstract Sealing sealing();

    /** Of another installation. */
    abstract Sealing another();

    @Test
    void gives_back_what_was_encrypted_for_the_same_binding() {
        var cipher = sealing().encrypt(PLAIN, BINDING);

        assertThat(cipher).doesNotContain(PLAIN);
        assertThat(sealing().decrypt(cipher, BINDING)).contains(PLAIN);
    }

    @Test
    void takes_what_is_empty() {
        assertThat(sealing().decrypt(sealing().encrypt("", BINDING), BINDING)).contains("");
    }

    @Test
    void gives_nothing_for_another_binding() {
        var cipher = sealing().encrypt(PLAIN, BINDING);

        assertThat(sealing().decrypt(cipher, "setting|clinic-south|video|apiKey")).isEmpty();
    }

    @Test
    void gives_nothing_when_any_byte_was_altered() {
        var cipher = sealing().encrypt(PLAIN.getBytes(StandardCharsets.UTF_8), BINDING);

        assertThat(IntStream.range(0, cipher.length).mapToObj(place -> altered(cipher, place)))
                .allSatisfy(altered -> assertThat(sealing().decrypt(altered, BINDING)).isEmpty());
    }

    private static byte[] altered(byte[] cipher, int place) {
        var copy = cipher.clone();
        copy[place] ^= 1;
        return copy;
    }

    @Test
    void gives_nothing_for_the_key_of_another_installation() {
        var cipher = sealing().encrypt(PLAIN, BINDING);

        assertThat(another().decrypt(cipher, BINDING)).isEmpty();
    }

    @Test
    void never_writes_the_same_cipher_twice() {
        assertThat(sealing().encrypt(PLAIN, BINDING)).isNotEqualTo(sealing().encrypt(PLAIN, BINDING));
    }
}

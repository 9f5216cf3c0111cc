// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.seal;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/** AES-256-GCM over single cells with one person's key, open for the time of a transaction. */
final class CellCipher {

    /** With which every sealed value begins: what does not is plain, of before its column was sealed. */
    static final String MARK = "s1.";

    private static final int BYTES = 32;
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder TO_BYTES = Base64.getUrlDecoder();

    private final AesGcmJce cipher;

    private CellCipher(byte[] key) {
        try {
            this.cipher = new AesGcmJce(key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM is missing", impossible);
        }
    }

    /** A new one. @return 32 random bytes */
    static byte[] generate() {
        return Random.randBytes(BYTES);
    }

    static CellCipher of(byte[] key) {
        return new CellCipher(key);
    }

    /** @param cell of which clinic, plugin, table, column and row */
    String seal(String plain, String cell) {
        try {
            return MARK + TO_TEXT.encodeToString(cipher.encrypt(bytes(plain), bytes(cell)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Encryption failed", impossible);
        }
    }

    /** Empty when it was altered, or sealed by another key or for another cell. */
    Optional<String> open(String sealed, String cell) {
        if (!sealed.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(cipher.decrypt(TO_BYTES.decode(sealed.substring(MARK.length())), bytes(cell)),
                    StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException altered) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Authenticated encryption with a key that is held elsewhere. Thread-safe. */
public interface Sealing {

    /** @param binding what the bytes belong to; must be the same when they are decrypted */
    byte[] encrypt(byte[] plain, String binding);

    /** The plain bytes; empty when they were altered, or encrypted for another binding or with another key. */
    Optional<byte[]> decrypt(byte[] cipher, String binding);

    /** Text as base64url. @param binding as above */
    default String encrypt(String plain, String binding) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(encrypt(plain.getBytes(StandardCharsets.UTF_8), binding));
    }

    /** The plain text; empty as above. */
    default Optional<String> decrypt(String cipher, String binding) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cipher);
        } catch (IllegalArgumentException altered) {
            return Optional.empty();
        }
        return decrypt(bytes, binding).map(plain -> new String(plain, StandardCharsets.UTF_8));
    }
}

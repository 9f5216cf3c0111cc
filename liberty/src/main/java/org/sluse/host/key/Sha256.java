// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Fingerprints: of a document, or of a secret of 128 random bits or more, which is kept in place of the secret and cannot be turned back into it. */
public final class Sha256 {

    private Sha256() {
    }

    /** The 32 bytes of the text's UTF-8. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The 32 bytes of these. */
    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }
}

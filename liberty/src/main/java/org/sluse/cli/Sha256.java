// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints. */
final class Sha256 {

    private Sha256() {
    }

    /** Of the file's bytes, 64 hexadecimal digits. */
    static String of(Path file) throws IOException {
        return of(Files.readAllBytes(file));
    }

    /** Of the text's UTF-8, 64 hexadecimal digits. */
    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of everything that the stream gives, 64 hexadecimal digits; closes it. */
    static String of(InputStream stream) throws IOException {
        try (stream) {
            var digest = MessageDigest.getInstance("SHA-256");
            var piece = new byte[1 << 16];
            for (var read = stream.read(piece); read >= 0; read = stream.read(piece)) {
                digest.update(piece, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }

    private static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip that is written while it is made, with the SHA-256 of each file in it, as {@code sha256sum} reads them: nothing is kept in memory but the file that is being written. Not thread-safe. */
final class Archive implements AutoCloseable {

    /** The last file but one. */
    static final String SUMS = "SHA256SUMS";

    private final ZipOutputStream zip;
    private final Path sums;
    private int files;

    /** Writes what a file holds. Need not close the stream. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream target) throws IOException;
    }

    Archive(OutputStream target) throws IOException {
        this.zip = new ZipOutputStream(target, StandardCharsets.UTF_8);
        this.sums = Files.createTempFile("sums", ".txt");
    }

    /** Adds a file. @param name with slashes, of letters, digits, dashes, underscores and full stops */
    void add(String name, Content content) throws IOException {
        Files.writeString(sums, written(name, content) + "  " + name + "\n", java.nio.file.StandardOpenOption.APPEND);
        files++;
    }

    void add(String name, String text) throws IOException {
        add(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** An id as a part of a name: letters, digits and dashes as they are, each other byte of its UTF-8 as an underscore and two hexadecimal digits, so that no two ids have one name. */
    static String part(String id) {
        var name = new StringBuilder();
        for (var one : id.getBytes(StandardCharsets.UTF_8)) {
            if (one == '-' || one >= '0' && one <= '9' || one >= 'A' && one <= 'Z' || one >= 'a' && one <= 'z') {
                name.append((char) one);
            } else {
                name.append('_').append(HexFormat.of().toHexDigits(one));
            }
        }
        return name.toString();
    }

    /** How many there are. */
    int files() {
        return files;
    }

    /** Adds the hashes, and ends. @param manifest gets the hash of the hashes */
    void end(java.util.function.Function<String, String> manifest) throws IOException {
        var hash = written(SUMS, out -> Files.copy(sums, out));
        written("manifest.json", out -> out.write(manifest.apply(hash).getBytes(StandardCharsets.UTF_8)));
        zip.finish();
    }

    private String written(String name, Content content) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            zip.putNextEntry(new ZipEntry(name));
            content.writeTo(new DigestOutputStream(new Unclosed(zip), digest));
            zip.closeEntry();
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }

    @Override
    public void close() throws IOException {
        Files.delete(sums);
    }

    /** Who writes a file may close it; the archive goes on. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream below) {
            super(below);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            // The superclass would write byte by byte.
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

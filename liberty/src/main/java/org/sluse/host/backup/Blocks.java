// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sluse.host.outgoing.Received;

/**
 * Reads a file of a cloud in blocks of 4 MiB, of which memory holds one: each is a call of its own that can be made again, so that it does not matter how slowly the reader is. Blocks are of one version of the
 * file.
 */
final class Blocks extends InputStream {

    private static final int SIZE = 4 << 20;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final Source source;
    private Block block;
    private int position;
    private long end;

    /** Asks for bytes of a file. */
    @FunctionalInterface
    interface Source {
        /**
         * @param range as the header {@code Range} says it (RFC 9110, 14.2), for example {@code bytes=0-4194303}
         * @param version of which they are to be; empty: whichever there is
         */
        Block read(String range, Optional<String> version) throws IOException;
    }

    /**
     * Bytes of a file.
     *
     * @param total how long the file is, in bytes
     * @param version which version of it this is
     */
    record Block(byte[] bytes, long total, String version) {

        /** From the answer to a request with a range that was fulfilled (206), left aside (200), or lies behind the end (416), as every range of an empty file does. */
        static Block of(Received received, String version) throws IOException {
            if (received.status() == 416) {
                return new Block(new byte[0], 0, version);
            }
            if (received.status() == 200) {
                return new Block(received.body(), received.body().length, version);
            }
            var range = CONTENT_RANGE.matcher(received.header("content-range").orElse(""));
            if (!range.matches()
                    || Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1 != received.body().length) {
                throw new IOException("an answer of another length than it says");
            }
            return new Block(received.body(), Long.parseLong(range.group(3)), version);
        }
    }

    /** Reads the first block. */
    Blocks(Source source) throws IOException {
        this.source = source;
        this.block = read(0, null);
        this.end = block.bytes().length;
    }

    private Block read(long from, @Nullable String version) throws IOException {
        return source.read("bytes=" + from + "-" + (from + SIZE - 1), Optional.ofNullable(version));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == block.bytes().length) {
            if (end >= block.total()) {
                return -1;
            }
            block = read(end, block.version());
            end += block.bytes().length;
            position = 0;
            if (block.bytes().length == 0) {
                throw new IOException("an answer that is shorter than the file");
            }
        }
        var some = Math.min(length, block.bytes().length - position);
        System.arraycopy(block.bytes(), position, target, offset, some);
        position += some;
        return some;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The lines of a proof file, each a JSON object and written in exactly this form, which is what is read:
 *
 * <pre>
 * {"proof":1,"origin":"sluse.example/clinic/north","key":"sluse.example+1a2b3c4d+AR..."}
 * {"index":0,"hash":"Base64 of 32 bytes","entry":{...}}
 * {"index":1,"hash":"Base64 of 32 bytes"}                an entry that is gone, of which only the hash is left
 * {"size":2,"peaks":"Base64","note":"..."}               a checkpoint, behind the entry that it counts last
 * {"end":2,"unproved":0}                                 the last line
 * </pre>
 *
 * The bytes of {@code entry} are those that the hash is of.
 */
public final class ProofLines {

    private static final byte[] HEAD = bytes("{\"proof\":1,\"origin\":\"");
    private static final byte[] KEY = bytes("\",\"key\":\"");
    private static final byte[] INDEX = bytes("{\"index\":");
    private static final byte[] HASH = bytes(",\"hash\":\"");
    private static final byte[] ENTRY = bytes("\",\"entry\":");
    private static final byte[] SIZE = bytes("{\"size\":");
    private static final byte[] PEAKS = bytes(",\"peaks\":\"");
    private static final byte[] NOTE = bytes("\",\"note\":\"");
    private static final byte[] CLOSE = bytes("\"}");
    private static final byte[] END = bytes("{\"end\":");
    private static final byte[] UNPROVED = bytes(",\"unproved\":");
    private static final int HASH_LENGTH = 44;

    private ProofLines() {
    }

    /** The first line. */
    public static byte[] head(String origin, LogKey key) {
        return join(HEAD, bytes(origin), KEY, bytes(key.toString()), CLOSE);
    }

    /** An entry. @param entry its canonical line; empty when it is gone */
    public static byte[] entry(long index, byte[] hash, Optional<byte[]> entry) {
        var start = join(INDEX, bytes(Long.toString(index)), HASH, Base64.getEncoder().encode(hash));
        return entry.map(line -> join(start, ENTRY, line, bytes("}"))).orElseGet(() -> join(start, CLOSE));
    }

    /** A checkpoint. @param peaks as {@link MerkleRange#peaks} gives them */
    public static byte[] checkpoint(long size, byte[] peaks, String note) {
        return join(SIZE, bytes(Long.toString(size)), PEAKS, Base64.getEncoder().encode(peaks), NOTE,
                bytes(note.replace("\n", "\\n")), CLOSE);
    }

    /** The last line. @param unproved how many entries have no place in the log yet, being younger than a second */
    public static byte[] end(long entries, long unproved) {
        return join(END, bytes(Long.toString(entries)), UNPROVED, bytes(Long.toString(unproved)), bytes("}"));
    }

    /** Takes what a line says. */
    interface Reader {

        void head(String origin, String key);

        /** @param line holds the entry, if there is one, between {@code from} and {@code to} */
        void entry(long index, byte[] hash, byte[] line, int from, int to);

        void checkpoint(long size, byte[] peaks, String note);

        void end(long entries);
    }

    /** Reads a line, without its line feed. @return whether it is one of those above */
    static boolean read(byte[] line, int length, Reader reader) {
        try {
            if (starts(line, 0, length, INDEX)) {
                return entry(line, length, reader);
            }
            if (starts(line, 0, length, SIZE)) {
                var peaks = find(line, length, PEAKS, SIZE.length);
                var note = find(line, length, NOTE, peaks + PEAKS.length);
                reader.checkpoint(number(line, SIZE.length, peaks),
                        Base64.getDecoder().decode(Arrays.copyOfRange(line, peaks + PEAKS.length, note)),
                        text(line, note + NOTE.length, closed(line, length)).replace("\\n", "\n"));
                return true;
            }
            if (starts(line, 0, length, HEAD)) {
                var key = find(line, length, KEY, HEAD.length);
                reader.head(text(line, HEAD.length, key), text(line, key + KEY.length, closed(line, length)));
                return true;
            }
            if (starts(line, 0, length, END)) {
                reader.end(number(line, END.length, find(line, length, UNPROVED, END.length)));
                return true;
            }
            return false;
        } catch (IllegalArgumentException another) {
            return false;
        }
    }

    private static boolean entry(byte[] line, int length, Reader reader) {
        var hash = find(line, length, HASH, INDEX.length);
        var index = number(line, INDEX.length, hash);
        var start = hash + HASH.length;
        var after = start + HASH_LENGTH;
        if (after >= length) {
            return false;
        }
        var bytes = Base64.getDecoder().decode(Arrays.copyOfRange(line, start, after));
        if (bytes.length != TreeHasher.LENGTH) {
            return false;
        }
        if (starts(line, after, length, ENTRY) && line[length - 1] == '}') {
            reader.entry(index, bytes, line, after + ENTRY.length, length - 1);
            return true;
        }
        if (starts(line, after, length, CLOSE) && after + CLOSE.length == length) {
            reader.entry(index, bytes, line, length, length);
            return true;
        }
        return false;
    }

    private static boolean starts(byte[] line, int at, int length, byte[] word) {
        return at + word.length <= length && Arrays.equals(line, at, at + word.length, word, 0, word.length);
    }

    private static int find(byte[] line, int length, byte[] word, int from) {
        for (var at = from; at + word.length <= length; at++) {
            if (line[at] == word[0] && starts(line, at, length, word)) {
                return at;
            }
        }
        throw new IllegalArgumentException("no such line");
    }

    private static int closed(byte[] line, int length) {
        if (length < CLOSE.length || !starts(line, length - CLOSE.length, length, CLOSE)) {
            throw new IllegalArgumentException("no such line");
        }
        return length - CLOSE.length;
    }

    private static long number(byte[] line, int from, int to) {
        return Long.parseLong(text(line, from, to));
    }

    private static String text(byte[] line, int from, int to) {
        if (to < from) {
            throw new IllegalArgumentException("no such line");
        }
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        var length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var whole = new byte[length];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}

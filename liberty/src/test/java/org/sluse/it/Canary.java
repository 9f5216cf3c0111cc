// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A word that people of one clinic type, and nobody else, wherever columns of one kind take it. All begin alike, so that one pass finds those of every clinic.
 *
 * @param clinic its number in the walk, from 0
 */
record Canary(Kept kept, int clinic) implements Comparable<Canary> {

    /** How the data maps say that it is stored: sealed, plain in the clinic's own database, or plain in the control database. */
    enum Kept {
        SEALED, PLAIN, CONTROL
    }

    /** A word without its end, as it is where a page of the write-ahead log ends. */
    static final Canary CUT = new Canary(Kept.SEALED, -1);

    private static final String FAMILY = "Quivrexolp";
    /** Base64 that begins elsewhere loses up to three of its letters. */
    private static final Pattern NAMED = Pattern.compile("(?i)" + FAMILY.substring(3) + "([SPC])([a-z]{2})");
    private static final int LETTERS = 26;
    /** So many bytes from its beginning name a word, in the widest dress. */
    private static final int WIDEST = 80;
    private static final byte[][] DRESSES = dresses();
    private static final int SHORTEST = Arrays.stream(DRESSES).mapToInt(one -> one.length).min().orElseThrow();
    private static final int[] STEPS = steps();

    /** As people type it. */
    String word() {
        return this.equals(CUT)
                ? FAMILY
                : FAMILY + kept.name().charAt(0) + (char) ('a' + clinic / LETTERS)
                        + (char) ('a' + clinic % LETTERS);
    }

    /** Those in a text of an answer. */
    static Set<Canary> in(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var found = new TreeSet<Canary>();
        search(bytes, bytes.length, bytes.length, found);
        return found;
    }

    /** Those in a file, however large. */
    static Set<Canary> in(Path file) {
        try (var bytes = Files.newInputStream(file)) {
            return in(bytes);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<Canary> in(InputStream bytes) throws IOException {
        var found = new TreeSet<Canary>();
        var part = new byte[1 << 20];
        for (var kept = 0;; kept = WIDEST) {
            var filled = kept + bytes.readNBytes(part, kept, part.length - kept);
            if (filled < part.length) {
                search(part, filled, filled, found);
                return found;
            }
            search(part, filled, filled - WIDEST, found);
            System.arraycopy(part, filled - WIDEST, part, 0, WIDEST);
        }
    }

    /** After Horspool (1980), for all dresses at once: the last byte below the window says how far it may be moved. */
    private static void search(byte[] bytes, int filled, int until, Set<Canary> found) {
        for (var at = 0; at < until && at + SHORTEST <= filled;) {
            var step = STEPS[bytes[at + SHORTEST - 1] & 0xff];
            if (step == 0) {
                for (var dress : DRESSES) {
                    if (at + dress.length <= filled
                            && Arrays.equals(bytes, at, at + dress.length, dress, 0, dress.length)) {
                        found.add(named(new String(bytes, at, Math.min(WIDEST, filled - at),
                                StandardCharsets.ISO_8859_1)));
                    }
                }
            }
            at += Math.max(1, step);
        }
    }

    private static Canary named(String dressed) {
        return Stream.of(dressed, dressed.replace("\0", ""), Canaries.decoded(dressed), unhexed(dressed))
                .map(NAMED::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> new Canary(kept(matcher.group(1)), number(matcher.group(2))))
                .findFirst()
                .orElse(CUT);
    }

    private static Kept kept(String letter) {
        return Arrays.stream(Kept.values())
                .filter(one -> one.name().startsWith(letter.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    private static int number(String letters) {
        var small = letters.toLowerCase(Locale.ROOT);
        return (small.charAt(0) - 'a') * LETTERS + small.charAt(1) - 'a';
    }

    private static String unhexed(String dressed) {
        var digits = dressed.replaceFirst("(?s)[^0-9A-Fa-f].*", "");
        return new String(HexFormat.of().parseHex(digits.substring(0, digits.length() / 2 * 2)),
                StandardCharsets.ISO_8859_1);
    }

    private static byte[][] dresses() {
        var utf8 = FAMILY.getBytes(StandardCharsets.UTF_8);
        var hex = HexFormat.of().formatHex(utf8);
        var dresses = new ArrayList<>(List.of(FAMILY, FAMILY.toUpperCase(Locale.ROOT), FAMILY.toLowerCase(Locale.ROOT),
                hex, hex.toUpperCase(Locale.ROOT), String.join("\0", FAMILY.split(""))));
        for (var before = 0; before < 3; before++) {
            var whole = Base64.getEncoder()
                    .encodeToString(("\0".repeat(before) + FAMILY).getBytes(
                            StandardCharsets.UTF_8));
            // What also depends on the bytes before and behind is left out.
            dresses.add(whole.substring((before * 8 + 5) / 6, (before + utf8.length) * 8 / 6));
        }
        return dresses.stream().map(one -> one.getBytes(StandardCharsets.ISO_8859_1)).toArray(byte[][]::new);
    }

    private static int[] steps() {
        var steps = new int[256];
        Arrays.fill(steps, SHORTEST);
        for (var dress : DRESSES) {
            for (var at = 0; at < SHORTEST; at++) {
                steps[dress[at] & 0xff] = Math.min(steps[dress[at] & 0xff], SHORTEST - 1 - at);
            }
        }
        return steps;
    }

    @Override
    public int compareTo(Canary other) {
        return word().compareTo(other.word());
    }

    @Override
    public String toString() {
        return word();
    }
}

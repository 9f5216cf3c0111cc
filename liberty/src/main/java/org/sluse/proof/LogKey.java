// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public key of an installation's logs, by which their checkpoints are known. Its text is the verifier key of C2SP signed-note,
 * {@code name+key id+Base64(0x01 || public key)}, which other programs for such notes read too.
 */
public final class LogKey {

    /** Ed25519 (C2SP signed-note, signature types). */
    static final byte ED25519 = 1;

    private static final Pattern TEXT = Pattern.compile("([^+\\s]+)\\+([0-9a-f]{8})\\+(\\S+)");
    /** What stands before the 32 bytes in an X.509 SubjectPublicKeyInfo (RFC 8410, 4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final String DASH = "\u2014 ";

    private final String name;
    private final byte[] bytes;
    private final PublicKey key;

    /**
     * A key.
     *
     * @param name whose; without blanks and plus signs
     * @param bytes the 32 bytes of RFC 8032
     * @throws IllegalArgumentException for any others
     */
    public LogKey(String name, byte[] bytes) {
        if (!name.matches("[^+\\s\"\\\\]+") || bytes.length != 32) {
            throw new IllegalArgumentException("A log's key has a name without blanks, and 32 bytes");
        }
        this.name = name;
        this.bytes = bytes.clone();
        try {
            var whole = Arrays.copyOf(X509, X509.length + bytes.length);
            System.arraycopy(bytes, 0, whole, X509.length, bytes.length);
            this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(whole));
        } catch (GeneralSecurityException another) {
            throw new IllegalArgumentException("These are not the bytes of an Ed25519 key", another);
        }
    }

    /** @return empty for what is no key of this kind */
    public static Optional<LogKey> parse(String text) {
        var parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            var typed = Base64.getDecoder().decode(parts.group(3));
            if (typed.length != 33 || typed[0] != ED25519) {
                return Optional.empty();
            }
            var key = new LogKey(parts.group(1), Arrays.copyOfRange(typed, 1, 33));
            return key.toString().equals(text.strip()) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    /** Whose it is. */
    public String name() {
        return name;
    }

    /** The first four bytes of SHA-256(name || 0x0A || 0x01 || public key). */
    byte[] id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(ED25519);
            return Arrays.copyOf(digest.digest(bytes), 4);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }

    /** The note: the checkpoint's lines, an empty one, and the line of the signature. */
    String note(Checkpoint checkpoint, byte[] signature) {
        var whole = Arrays.copyOf(id(), 4 + signature.length);
        System.arraycopy(signature, 0, whole, 4, signature.length);
        return checkpoint.body() + "\n" + DASH + name + " " + Base64.getEncoder().encodeToString(whole) + "\n";
    }

    /** The checkpoint of a note that was signed with this key; empty for any other note. Lines of further signatures do not matter. */
    public Optional<Checkpoint> open(String note) {
        return signed(note).flatMap(Checkpoint::parse);
    }

    /** The lines of a note that was signed with this key, whatever they say. */
    Optional<String> signed(String note) {
        var end = note.indexOf("\n\n");
        var body = note.substring(0, end + 1);
        return end >= 0 && note.substring(end + 2).lines().anyMatch(line -> signs(line, body))
                ? Optional.of(body)
                : Optional.empty();
    }

    private boolean signs(String line, String body) {
        var start = DASH + name + " ";
        if (!line.startsWith(start)) {
            return false;
        }
        try {
            var whole = Base64.getDecoder().decode(line.substring(start.length()));
            return whole.length == 68 && Arrays.equals(id(), Arrays.copyOf(whole, 4))
                    && signs(body.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(whole, 4, 68));
        } catch (IllegalArgumentException another) {
            return false;
        }
    }

    boolean signs(byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** {@code name+key id+Base64}. */
    @Override
    public String toString() {
        var typed = new byte[33];
        typed[0] = ED25519;
        System.arraycopy(bytes, 0, typed, 1, 32);
        return name + "+" + HexFormat.of().formatHex(id()) + "+" + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogKey key && key.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}

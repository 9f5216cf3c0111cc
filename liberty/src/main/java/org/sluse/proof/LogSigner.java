// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The private key that signs checkpoints: plain Ed25519 (RFC 8032). Thread-safe. */
public final class LogSigner {

    private static final String START = "PRIVATE+KEY+";

    private final LogKey key;
    private final byte[] seed;
    private final PrivateKey secret;

    private LogSigner(LogKey key, byte[] seed) throws GeneralSecurityException {
        this.key = key;
        this.seed = seed;
        this.secret = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }

    /** A new key from the machine's secure random generator. @param name whose, see {@link LogKey} */
    public static LogSigner make(String name) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var encoded = pair.getPublic().getEncoded();
            return new LogSigner(new LogKey(name, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)),
                    ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Ed25519 is missing", impossible);
        }
    }

    /** Two lines: the private key as Go's {@code note} package writes it, and the public one. To be kept secret. */
    public String secretText() {
        var typed = new byte[33];
        typed[0] = LogKey.ED25519;
        System.arraycopy(seed, 0, typed, 1, 32);
        return START + key.name() + "+" + HexFormat.of().formatHex(key.id()) + "+"
                + Base64.getEncoder().encodeToString(typed) + "\n" + key + "\n";
    }

    /** @param text as {@link #secretText} gives it @return empty for anything else, or when the two are no pair */
    public static Optional<LogSigner> parse(String text) {
        var lines = text.lines().toList();
        if (lines.size() != 2 || !lines.getFirst().matches("PRIVATE\\+KEY\\+[^+]+\\+[0-9a-f]{8}\\+.+")) {
            return Optional.empty();
        }
        try {
            var typed = Base64.getDecoder().decode(lines.getFirst().split("\\+", 5)[4]);
            var key = LogKey.parse(lines.getLast());
            if (key.isEmpty() || typed.length != 33) {
                return Optional.empty();
            }
            var signer = new LogSigner(key.get(), Arrays.copyOfRange(typed, 1, 33));
            var tried = "a pair?".getBytes(StandardCharsets.UTF_8);
            return key.get().signs(tried, signer.sign(tried)) ? Optional.of(signer) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    /** The public half. */
    public LogKey key() {
        return key;
    }

    /** The signed note. */
    public String sign(Checkpoint checkpoint) {
        return key.note(checkpoint, sign(checkpoint.body().getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] sign(byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Signing failed", impossible);
        }
    }

    @Override
    public String toString() {
        return "LogSigner[" + key + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import com.google.crypto.tink.subtle.Ed25519Sign;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sluse.host.key.Vault;

/**
 * By what the nodes of an installation know each other: a key of TLS and a token, both derived from the root key that they share. So nothing is stored, sent or set besides it, and who has another root key is nobody.
 */
final class ClusterKeys {

    /** Everything of an Ed25519 key but the 32 bytes that differ (RFC 8410, 7 and 4). */
    private static final byte[] PRIVATE = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] ED25519 = HexFormat.of().parseHex("300506032b6570");
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int LONG_FORM = 0x80;
    private static final int TWO_BYTES = 0x82;
    private static final String ALIAS = "node";
    private static final String PURPOSE = "tls between nodes";
    private static final String TOKEN = "token between nodes";

    private final byte[] seed;
    private final byte[] token;

    ClusterKeys(Vault vault) {
        this.seed = Base64.getUrlDecoder().decode(vault.derive(PURPOSE));
        this.token = Base64.getUrlDecoder().decode(vault.derive(TOKEN));
    }

    ClusterToken token() {
        return new ClusterToken(token);
    }

    /** Shows the one certificate and trusts no other. */
    SSLContext tls() {
        try {
            var pair = Ed25519Sign.KeyPair.newKeyPairFromSeed(seed);
            var key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE, seed)));
            var certificate = certificate(key, joined(PUBLIC, pair.getPublicKey()));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, new char[0], new Certificate[]{certificate});
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            var known = KeyStore.getInstance("PKCS12");
            known.load(null, null);
            known.setCertificateEntry(ALIAS, certificate);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(known);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("TLS between nodes cannot be set up", impossible);
        }
    }

    /** Signed by itself, without an end that anybody has to renew (RFC 5280, 4.1.2.5): whoever trusts it compares it as a whole. */
    private static Certificate certificate(PrivateKey key, byte[] publicKey) throws GeneralSecurityException {
        var name = der(SEQUENCE, der(SET, der(SEQUENCE, HexFormat.of().parseHex("0603550403"),
                der(0x0c, "sluse node".getBytes(StandardCharsets.US_ASCII)))));
        var life = der(SEQUENCE, der(0x17, "200101000000Z".getBytes(StandardCharsets.US_ASCII)),
                der(0x18, "99991231235959Z".getBytes(StandardCharsets.US_ASCII)));
        var signed = der(SEQUENCE, HexFormat.of().parseHex("020101"), ED25519, name, life, name, publicKey);
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(signed);
        var whole = der(SEQUENCE, signed, ED25519, der(0x03, new byte[1], signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    /** One value of DER (X.690, 8.1). */
    private static byte[] der(int tag, byte[]... parts) {
        var content = joined(parts);
        var length = content.length < LONG_FORM
                ? new byte[]{(byte) content.length}
                : new byte[]{(byte) TWO_BYTES, (byte) (content.length >> Byte.SIZE), (byte) content.length};
        return joined(new byte[]{(byte) tag}, length, content);
    }

    private static byte[] joined(byte[]... parts) {
        try (var whole = new ByteArrayOutputStream()) {
            for (var part : parts) {
                whole.write(part);
            }
            return whole.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

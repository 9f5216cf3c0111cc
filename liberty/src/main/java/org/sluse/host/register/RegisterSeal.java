// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.PublicKeySign;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import com.google.crypto.tink.signature.PredefinedSignatureParameters;
import com.google.crypto.tink.signature.SignatureConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.key.Vault;

/**
 * Signs registers with the installation's key: plain Ed25519 (RFC 8032), so that any tool can verify. The private half lies in the control database,
 * encrypted with the root key; the first node that needs it makes it. Thread-safe.
 */
final class RegisterSeal {

    private static final String BINDING = "register_key.keyset";
    /** What stands before the 32 bytes in an X.509 SubjectPublicKeyInfo (RFC 8410, 4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final ControlDatabase control;
    private final Vault vault;
    private volatile @Nullable KeysetHandle known;

    RegisterSeal(ControlDatabase control, Vault vault) {
        this.control = control;
        this.vault = vault;
    }

    /** Makes the key if there is none yet, in a transaction of its own. */
    void prepare() {
        publicKey();
    }

    /** The signature, Base64. */
    String sign(String statement) {
        try {
            return Base64.getEncoder()
                    .encodeToString(key().getPrimitive(RegistryConfiguration.get(), PublicKeySign.class)
                            .sign(statement.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Signing failed", impossible);
        }
    }

    /** The public key in PEM, as OpenSSL and every other tool reads it. */
    @AccessesPartialKey
    String publicKey() {
        try {
            var point = ((Ed25519PublicKey) key().getPublicKeysetHandle().getPrimary().getKey()).getPublicKeyBytes()
                    .toByteArray();
            var whole = java.util.Arrays.copyOf(X509, X509.length + point.length);
            System.arraycopy(point, 0, whole, X509.length, point.length);
            return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(whole)
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("The register's key has no public half", impossible);
        }
    }

    private KeysetHandle key() throws GeneralSecurityException {
        var read = known;
        if (read == null) {
            read = load();
            known = read;
        }
        return read;
    }

    private KeysetHandle load() throws GeneralSecurityException {
        SignatureConfig.register();
        var query = "select keyset from register_key";
        var stored = control.read(handle -> handle.createQuery(query).mapTo(String.class).findOne());
        if (stored.isEmpty()) {
            var made = vault.encrypt(
                    TinkJsonProtoKeysetFormat.serializeKeyset(
                            KeysetHandle.generateNew(PredefinedSignatureParameters.ED25519WithRawOutput),
                            InsecureSecretKeyAccess.get()),
                    BINDING);
            control.inTransaction("CREATE", "RegisterKey", "*",
                    handle -> handle
                            .createUpdate("insert into register_key (keyset) values (:keyset) on conflict do nothing")
                            .bind("keyset", made)
                            .execute());
            stored = control.read(handle -> handle.createQuery(query).mapTo(String.class).findOne());
        }
        var plain = stored.flatMap(cipher -> vault.decrypt(cipher, BINDING))
                .orElseThrow(() -> new IllegalStateException(
                        "The register's key cannot be read; right would be the root key with which it was made"));
        return TinkJsonProtoKeysetFormat.parseKeyset(plain, InsecureSecretKeyAccess.get());
    }
}

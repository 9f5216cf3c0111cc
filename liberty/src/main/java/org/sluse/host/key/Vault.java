// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sluse.host.config.OnePerNode;

/** AES-256-GCM with the node's root key, and values derived from it. It is read once: whatever keeps the key is not asked again. Thread-safe. */
@OnePerNode
public final class Vault implements Sealing {

    private final Aead aead;
    private final byte[] derivation;

    @Inject
    Vault(RootKey root) {
        try {
            AeadConfig.register();
            var text = root.read();
            var handle = TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get());
            this.aead = handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
            this.derivation = Sha256.of(text);
        } catch (GeneralSecurityException cannotUse) {
            throw new IllegalStateException(
                    "The root key in the data folder cannot be used; right would be the file that this folder "
                            + "was started with first",
                    cannotUse);
        } catch (IOException cannotRead) {
            throw new UncheckedIOException(cannotRead);
        }
    }

    @Override
    public byte[] encrypt(byte[] plain, String binding) {
        try {
            return aead.encrypt(plain, bytes(binding));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Encryption failed", impossible);
        }
    }

    @Override
    public Optional<byte[]> decrypt(byte[] cipher, String binding) {
        try {
            return Optional.of(aead.decrypt(cipher, bytes(binding)));
        } catch (GeneralSecurityException altered) {
            return Optional.empty();
        }
    }

    /** A value that is always the same for {@code purpose} on this installation and cannot be guessed: HMAC-SHA-256, base64url. */
    public String derive(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(derivation, "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(purpose)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA-256 is missing", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

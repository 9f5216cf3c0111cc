// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.seal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A clinic's keys: one set that wraps the keys of persons (AES-256-GCM), of which the newest wraps and each still opens, and one that makes blind indexes (HMAC-SHA-256), which stays, so that what is indexed is
 * found for ever. Immutable.
 */
public final class ClinicKey {

    /** Of an index; in bytes. */
    private static final int INDEX = 32;

    private final KeysetHandle wrapping;
    private final KeysetHandle indexing;
    private final Aead aead;
    private final PrfSet index;

    static {
        try {
            AeadConfig.register();
            PrfConfig.register();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Tink has no AEAD or no PRF", impossible);
        }
    }

    private ClinicKey(KeysetHandle wrapping, KeysetHandle indexing) {
        this.wrapping = wrapping;
        this.indexing = indexing;
        try {
            this.aead = wrapping.getPrimitive(RegistryConfiguration.get(), Aead.class);
            this.index = indexing.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The clinic's keys cannot be used", unusable);
        }
    }

    /** New ones. */
    public static ClinicKey generate() {
        try {
            return new ClinicKey(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM),
                    KeysetHandle.generateNew(HmacPrfParameters.builder()
                            .setKeySizeBytes(INDEX)
                            .setHashType(HmacPrfParameters.HashType.SHA256)
                            .build()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Keys cannot be made", impossible);
        }
    }

    /** From {@link #serialized}. */
    public static ClinicKey parse(String serialized) {
        try {
            var lines = serialized.split("\n", -1);
            return new ClinicKey(TinkJsonProtoKeysetFormat.parseKeyset(lines[0], InsecureSecretKeyAccess.get()),
                    TinkJsonProtoKeysetFormat.parseKeyset(lines[1], InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The clinic's keys cannot be used", unusable);
        }
    }

    /** The keys in the clear, to be wrapped at once: two Tink keysets in JSON, a line each. */
    public String serialized() {
        try {
            return line(wrapping) + "\n" + line(indexing);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Keys cannot be written", impossible);
        }
    }

    private static String line(KeysetHandle keys) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()).replace("\n", "");
    }

    /** The same with a new key that wraps from now on. */
    public ClinicKey rotated() {
        try {
            return new ClinicKey(KeysetHandle.newBuilder(wrapping)
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build(), indexing);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Keys cannot be made", impossible);
        }
    }

    /** The same with the key alone that wraps now. */
    public ClinicKey withoutOld() {
        try {
            var primary = wrapping.getPrimary();
            return new ClinicKey(KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(primary.getKey()).withFixedId(primary.getId()).makePrimary())
                    .build(), indexing);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Keys cannot be made", impossible);
        }
    }

    byte[] wrap(byte[] key, String binding) {
        try {
            return aead.encrypt(key, bytes(binding));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Encryption failed", impossible);
        }
    }

    /** Empty when it was altered, or wrapped for another binding, or by a key that is not among these. */
    Optional<byte[]> unwrap(byte[] wrapped, String binding) {
        try {
            return Optional.of(aead.decrypt(wrapped, bytes(binding)));
        } catch (GeneralSecurityException altered) {
            return Optional.empty();
        }
    }

    /** The same for the same text in the same column; 32 bytes. @param column of which plugin and table, too */
    byte[] index(String column, String plain) {
        try {
            // The column's own name has no such sign.
            return Arrays.copyOf(index.computePrimary(bytes(column + "|" + plain), INDEX), INDEX);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("No index can be made", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}

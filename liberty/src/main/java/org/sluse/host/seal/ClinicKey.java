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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.sluse.host.key.Sealing;

/**
 * A clinic's keys: one set that wraps the keys of persons (AES-256-GCM), one that makes blind indexes (HMAC-SHA-256), which stays, so that what is indexed is found for ever, and one that seals what the clinic keeps secret
 * itself (AES-256-GCM), in which every key stays. Immutable.
 */
public final class ClinicKey implements Sealing {

    /** Of an index; in bytes. */
    private static final int INDEX = 32;
    /** Of a ciphertext of Tink; in bytes. */
    private static final int PREFIX = 5;

    private final int version;
    private final KeysetHandle wrapping;
    private final KeysetHandle indexing;
    private final KeysetHandle sealing;
    private final Aead aead;
    private final Aead own;
    private final PrfSet index;

    static {
        try {
            AeadConfig.register();
            PrfConfig.register();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Tink has no AEAD or no PRF", impossible);
        }
    }

    private ClinicKey(int version, KeysetHandle wrapping, KeysetHandle indexing, KeysetHandle sealing) {
        this.version = version;
        this.wrapping = wrapping;
        this.indexing = indexing;
        this.sealing = sealing;
        try {
            this.aead = wrapping.getPrimitive(RegistryConfiguration.get(), Aead.class);
            this.own = sealing.getPrimitive(RegistryConfiguration.get(), Aead.class);
            this.index = indexing.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The clinic's keys cannot be used", unusable);
        }
    }

    /** New ones. */
    public static ClinicKey generate() {
        try {
            return new ClinicKey(1, KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM),
                    KeysetHandle.generateNew(HmacPrfParameters.builder()
                            .setKeySizeBytes(INDEX)
                            .setHashType(HmacPrfParameters.HashType.SHA256)
                            .build()),
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Keys cannot be made", impossible);
        }
    }

    /** From {@link #serialized}. @param version that it was kept with */
    public static ClinicKey parse(int version, String serialized) {
        try {
            var lines = serialized.split("\n", -1);
            return new ClinicKey(version,
                    TinkJsonProtoKeysetFormat.parseKeyset(lines[0], InsecureSecretKeyAccess.get()),
                    TinkJsonProtoKeysetFormat.parseKeyset(lines[1], InsecureSecretKeyAccess.get()),
                    TinkJsonProtoKeysetFormat.parseKeyset(lines[2], InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The clinic's keys cannot be used", unusable);
        }
    }

    /** The keys in the clear, to be wrapped at once: three Tink keysets in JSON, a line each. */
    public String serialized() {
        try {
            return line(wrapping) + "\n" + line(indexing) + "\n" + line(sealing);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Keys cannot be written", impossible);
        }
    }

    private static String line(KeysetHandle keys) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()).replace("\n", "");
    }

    /** Of which version they are: 1 when they were made, and one more with each rotation. */
    public int version() {
        return version;
    }

    /** Whether a rotation is under way: what older keys have wrapped still opens. */
    public boolean hasOld() {
        return wrapping.size() > 1;
    }

    /** Wraps anew what an older key has wrapped. @throws IllegalStateException when none of these has */
    public byte[] rewrapped(byte[] wrapped, String binding) {
        return wrap(unwrap(wrapped, binding).orElseThrow(
                () -> new IllegalStateException("A person's key was wrapped by none of the clinic's keys")), binding);
    }

    /** With which everything begins that the newest key wraps: Tink's format and the id of the key, 5 bytes. */
    public byte[] prefix() {
        return ByteBuffer.allocate(PREFIX).put((byte) 1).putInt(wrapping.getPrimary().getId()).array();
    }

    /** The next version, with a new key that wraps from now on. */
    public ClinicKey rotated() {
        try {
            return new ClinicKey(version + 1, withNew(wrapping), indexing, withNew(sealing));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Keys cannot be made", impossible);
        }
    }

    private static KeysetHandle withNew(KeysetHandle keys) throws GeneralSecurityException {
        return KeysetHandle.newBuilder(keys)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
    }

    /** The same with the key alone that wraps now; what the clinic keeps secret itself still opens. */
    public ClinicKey withoutOld() {
        try {
            var primary = wrapping.getPrimary();
            return new ClinicKey(version, KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(primary.getKey()).withFixedId(primary.getId()).makePrimary())
                    .build(), indexing, sealing);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Keys cannot be made", impossible);
        }
    }

    @Override
    public byte[] encrypt(byte[] plain, String binding) {
        try {
            return own.encrypt(plain, bytes(binding));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Encryption failed", impossible);
        }
    }

    @Override
    public Optional<byte[]> decrypt(byte[] cipher, String binding) {
        try {
            return Optional.of(own.decrypt(cipher, bytes(binding)));
        } catch (GeneralSecurityException altered) {
            return Optional.empty();
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

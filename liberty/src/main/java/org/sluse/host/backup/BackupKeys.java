// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.logging.Logger;
import org.sluse.host.key.KeyFile;

/**
 * The key under which manifests of backups are sealed, AES-256-GCM: {@code keys/backup.json} beside the root key. Every node of an installation has the same one. Thread-safe.
 */
final class BackupKeys {

    private static final Logger LOG = Logger.getLogger(BackupKeys.class.getName());

    private final Aead aead;
    private final int id;

    private BackupKeys(KeysetHandle key) throws GeneralSecurityException {
        this.aead = key.getPrimitive(RegistryConfiguration.get(), Aead.class);
        this.id = key.getPrimary().getId();
    }

    /** The key of this data folder; made when there is none yet. */
    static BackupKeys of(Path dataFolder) {
        var file = dataFolder.resolve("keys").resolve("backup.json");
        try {
            AeadConfig.register();
            StreamingAeadConfig.register();
            if (!Files.exists(file)) {
                KeyFile.create(file, TinkJsonProtoKeysetFormat.serializeKeyset(
                        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get()));
            }
            return new BackupKeys(TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file),
                    InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException unusable) {
            var why = "keys/backup.json cannot be used; right would be the file that this installation was started with first";
            // The launcher shows this line to whoever started the server.
            LOG.severe("backup-key-refused reason=" + why);
            throw new BackupRefusedException(why, unusable);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Which key it is; no secret. */
    int id() {
        return id;
    }

    byte[] seal(byte[] plain, byte[] binding) {
        try {
            return aead.encrypt(plain, binding);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Encryption failed", impossible);
        }
    }

    /** @throws GeneralSecurityException when it was altered, or sealed with another key or for another binding */
    byte[] open(byte[] sealed, byte[] binding) throws GeneralSecurityException {
        return aead.decrypt(sealed, binding);
    }
}

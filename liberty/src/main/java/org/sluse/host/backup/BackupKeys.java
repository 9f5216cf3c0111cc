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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * The key under which manifests of backups are sealed, AES-256-GCM: {@code keys/backup.json} beside the root key. Every node of an installation has the same one. Thread-safe.
 */
final class BackupKeys {

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
                create(file);
            }
            return new BackupKeys(TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file),
                    InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException unusable) {
            throw new BackupRefusedException(
                    "keys/backup.json cannot be used; right would be the file that this installation was started with first",
                    unusable);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Under another name first: whoever looks meanwhile sees the whole key or none. */
    private static void create(Path file) throws GeneralSecurityException, IOException {
        Files.createDirectories(file.getParent());
        var made = file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(file.getParent(), "backup", ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(file.getParent(), "backup", ".new");
        Files.writeString(made, TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get()));
        try {
            Files.move(made, file);
        } catch (FileAlreadyExistsException somebodyWasFaster) {
            Files.delete(made);
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

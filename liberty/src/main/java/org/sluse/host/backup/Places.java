// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Finds places by their address, and refuses those where a backup would be none. Thread-safe. */
final class Places {

    private final BackupSettings settings;
    private final Path dataFolder;
    private final Function<String, Place> clouds;
    private final Consumer<String> allowed;

    /** @param clouds finds places in a cloud @param allowed throws where backups may not go to one */
    Places(BackupSettings settings, Path dataFolder, Function<String, Place> clouds, Consumer<String> allowed) {
        this.settings = settings;
        this.dataFolder = dataFolder;
        this.clouds = clouds;
        this.allowed = allowed;
    }

    /** Where each night's backups go. @throws BackupRefusedException when it cannot be used now */
    Optional<Place> own() {
        return settings.place().map(this::toWriteTo);
    }

    /**
     * A place that backups are written to.
     *
     * @param address a folder, as an absolute path, or a bucket, {@code s3://bucket/prefix} or {@code gs://bucket/prefix}
     * @throws BackupRefusedException when it is not there, or lies on the disk of the data folder and that is not allowed; whether a bucket is there shows when it is used
     */
    Place toWriteTo(String address) {
        if (Bucket.isMeant(address)) {
            try {
                allowed.accept(address);
            } catch (IllegalArgumentException notThere) {
                throw new BackupRefusedException(String.valueOf(notThere.getMessage()), notThere);
            }
            return clouds.apply(address);
        }
        var folder = folder(address);
        try {
            if (settings.sameDisk()) {
                Files.createDirectories(folder);
            }
            // Not made otherwise: where a disk is not mounted, the folder would be made on the one below.
            require(folder);
            if (!settings.sameDisk() && isOnDiskOfData(folder)) {
                throw new BackupRefusedException("The backup place '" + address
                        + "' lies on the disk of the data folder, and would be lost with it; right would be a folder on another disk or in another house");
            }
        } catch (IOException unreadable) {
            throw new BackupRefusedException("The backup place '" + address
                    + "' cannot be used; right would be a folder that this user may write to", unreadable);
        }
        return new FolderPlace(folder);
    }

    /** A place that backups are read from, as above. @throws BackupRefusedException when it is not there */
    Place toReadFrom(String address) {
        if (Bucket.isMeant(address)) {
            return clouds.apply(address);
        }
        var folder = folder(address);
        require(folder);
        return new FolderPlace(folder);
    }

    /** Whether the disk that holds the keys, and the embedded database, holds the backups too. */
    boolean isOnDiskOfData() {
        return settings.place()
                .filter(address -> !Bucket.isMeant(address))
                .map(Places::folder)
                .filter(Files::isDirectory)
                .filter(folder -> {
                    try {
                        return isOnDiskOfData(folder);
                    } catch (IOException unreadable) {
                        return false;
                    }
                })
                .isPresent();
    }

    /** The own place where it is one in a cloud. Asks nobody. @throws BackupRefusedException with what is not set, so that nobody could get in */
    Optional<Place> inCloud() {
        return settings.place().filter(Bucket::isMeant).map(clouds);
    }

    private boolean isOnDiskOfData(Path folder) throws IOException {
        return disk(folder).equals(disk(dataFolder));
    }

    private static FileStore disk(Path folder) throws IOException {
        return Files.getFileStore(folder.toRealPath());
    }

    private static Path folder(String address) {
        try {
            var folder = Path.of(address);
            if (folder.isAbsolute()) {
                return folder.normalize();
            }
        } catch (InvalidPathException none) {
            // Said below.
        }
        throw new BackupRefusedException(
                "'" + address
                        + "' is no place for backups; right would be the absolute path of a folder, or s3://BUCKET/PREFIX, or gs://BUCKET/PREFIX");
    }

    private static void require(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BackupRefusedException("The backup place '" + folder
                    + "' is not there; right would be a folder that exists, its disk mounted");
        }
    }
}

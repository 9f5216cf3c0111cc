// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds places by their address, and refuses those where a backup would be none. Thread-safe. */
final class Places {

    private final BackupSettings settings;
    private final Path dataFolder;

    Places(BackupSettings settings, Path dataFolder) {
        this.settings = settings;
        this.dataFolder = dataFolder;
    }

    /** Where each night's backups go. @throws BackupRefusedException when it cannot be used now */
    Optional<Place> own() {
        return settings.place().map(this::toWriteTo);
    }

    /**
     * A place that backups are written to.
     *
     * @param address a folder, as an absolute path
     * @throws BackupRefusedException when it is not there, or lies on the disk of the data folder and that is not allowed
     */
    Place toWriteTo(String address) {
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

    /** A place that backups are read from. @throws BackupRefusedException when it is not there */
    static Place toReadFrom(String address) {
        var folder = folder(address);
        require(folder);
        return new FolderPlace(folder);
    }

    /** Whether the disk that holds the keys, and the embedded database, holds the backups too. */
    boolean isOnDiskOfData() {
        return settings.place().map(Places::folder).filter(Files::isDirectory).filter(folder -> {
            try {
                return isOnDiskOfData(folder);
            } catch (IOException unreadable) {
                return false;
            }
        }).isPresent();
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
                "'" + address + "' is no place for backups; right would be the absolute path of a folder");
    }

    private static void require(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BackupRefusedException("The backup place '" + folder
                    + "' is not there; right would be a folder that exists, its disk mounted");
        }
    }
}

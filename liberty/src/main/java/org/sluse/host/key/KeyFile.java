// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files of the folder {@code keys}. */
public final class KeyFile {

    private KeyFile() {}

    /**
     * Writes a new one, for its owner only; one that is there by then stays. It is whole on the disk under another name before it is renamed: whoever looks meanwhile, or after a crash, sees
     * all of it or nothing.
     */
    public static void create(Path file, String text) throws IOException {
        var made = whole(file, text);
        try {
            Files.move(made, file);
            lasting(file);
        } catch (FileAlreadyExistsException somebodyWasFaster) {
            // Theirs is as good.
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** Writes one in place of what is there, for its owner only: whoever looks meanwhile, or after a crash, sees all of the one or all of the other. */
    static void replace(Path file, String text) throws IOException {
        // What a link points at would stay as it is.
        var real = file.toRealPath();
        var made = whole(real, text);
        try {
            Files.move(made, real, StandardCopyOption.ATOMIC_MOVE);
            lasting(real);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** The new name outlives a loss of power too. */
    private static void lasting(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static Path whole(Path file, String text) throws IOException {
        var folder = Files.createDirectories(file.getParent());
        var made = Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? Files.createTempFile(folder, "key", ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, "key", ".new");
        try (var channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return made;
    }
}

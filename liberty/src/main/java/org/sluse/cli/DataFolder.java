// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The folder with everything that one server keeps; the notes in it tell the commands where that server is. */
record DataFolder(Path path) {

    DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** Makes the folder if need be, for its owner only. */
    void prepare() {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path.getParent());
                Files.createDirectory(path);
                restrict(path, "rwx------");
            }
            Files.createDirectories(logs());
            Files.createDirectories(plugins());
            Files.delete(Files.createTempFile(path, "writable", ""));
        } catch (IOException notWritable) {
            throw StoppedShortException
                    .cannotStart(
                            "The data folder %s cannot be written to; right would be a folder of your own, named with --data."
                                    .formatted(path));
        }
    }

    Path logs() {
        return path.resolve("logs");
    }

    /** The server's Liberty user folder: our configuration, written afresh at each start, and Liberty's own working area. */
    Path liberty() {
        return path.resolve("liberty");
    }

    /** Where an operator drops the jars of further plugins. */
    Path certificate() {
        return path.resolve("tls").resolve("server.p12");
    }

    Path plugins() {
        return path.resolve("plugins");
    }

    /** What the running server was started without; the server reads it too. */
    Note quarantine() {
        return new Note(path.resolve("quarantine.json"));
    }

    PidFile server() {
        return new PidFile(path.resolve("server.pid"));
    }

    PidFile identityProvider() {
        return new PidFile(path.resolve("identity-provider.pid"));
    }

    Note port() {
        return new Note(path.resolve("server.port"));
    }

    Note identityProviderPort() {
        return new Note(path.resolve("identity-provider.port"));
    }

    Note token() {
        return new Note(path.resolve("operator.token"));
    }

    /** The operator's bearer token, made when there is none; whoever can read this file is the operator. */
    String requireToken() {
        return token().read().orElseGet(() -> {
            var bits = new byte[32];
            new SecureRandom().nextBytes(bits);
            var made = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
            token().write(made);
            return made;
        });
    }

    /** Nobody else starts a server on this folder until the channel is closed, and the lock with it; empty when somebody is about to. */
    Optional<FileChannel> lock() {
        try {
            var channel = FileChannel.open(path.resolve("start.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(channel);
        } catch (IOException cannotLock) {
            throw new UncheckedIOException(cannotLock);
        }
    }

    /** A file with one short text, readable by its owner only. */
    record Note(Path file) {

        Optional<String> read() {
            try {
                return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
            } catch (IOException unreadable) {
                throw StoppedShortException
                        .refused("%s cannot be read; right would be to run this as its owner.".formatted(file));
            }
        }

        void write(String text) {
            try {
                if (!Files.exists(file)) {
                    createPrivate(file);
                }
                Files.writeString(file, text + "\n");
            } catch (IOException unwritable) {
                throw StoppedShortException
                        .cannotStart("%s cannot be written; right would be to run this as its owner.".formatted(file));
            }
        }

        void remove() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }

    /** Makes a file that only its owner reads, from its first moment on. @throws java.nio.file.FileAlreadyExistsException when there is one */
    static void createPrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** The folder, and those above it that are not there yet, for their owner alone. */
    static void createPrivateFolders(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static void restrict(Path file, String permissions) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }
}

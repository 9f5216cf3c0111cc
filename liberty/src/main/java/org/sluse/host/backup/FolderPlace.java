// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A folder: a mounted disk, a share. A file is written under another name, forced to the disk and renamed. */
final class FolderPlace implements Place {

    /** Of a file that is being written. */
    private static final String UNFINISHED = ".part";

    private final Path folder;

    FolderPlace(Path folder) {
        this.folder = folder;
    }

    @Override
    public void write(String name, Content content) throws IOException {
        var file = folder.resolve(name);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Files.createDirectories(file.resolveSibling(""));
        var unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                content.writeTo(new Unclosed(Channels.newOutputStream(channel)));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            force(file.resolveSibling(""));
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** A name is lasting when its folder is. */
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public List<String> names(String beginning) throws IOException {
        var names = new ArrayList<String>();
        // A disk's own folders, such as lost+found, are nobody's to look into.
        for (var clinic : list(folder, file -> Files.isDirectory(file) && Files.isReadable(file))) {
            if (beginning.startsWith(clinic + "/") || (clinic + "/").startsWith(beginning)) {
                list(folder.resolve(clinic), Files::isRegularFile).forEach(file -> names.add(clinic + "/" + file));
            }
        }
        return names.stream().filter(name -> name.startsWith(beginning)).sorted().toList();
    }

    private static List<String> list(Path folder, Predicate<Path> which) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(which).map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public void remove(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** Stays open when an encrypting stream above it ends, so that it can still be forced. */
    private static final class Unclosed extends java.io.FilterOutputStream {

        Unclosed(OutputStream below) {
            super(below);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            // The superclass would write byte by byte.
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

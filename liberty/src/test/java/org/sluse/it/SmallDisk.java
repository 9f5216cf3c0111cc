// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own, small enough to be filled. Needs the right to mount one. */
final class SmallDisk implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** @param folder what is mounted there; it is made */
    static SmallDisk mount(Path folder, int megabytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException cannotMake) {
            throw new UncheckedIOException(cannotMake);
        }
        if (!run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())) {
            throw new IllegalStateException("Nothing could be mounted at " + folder);
        }
        return new SmallDisk(folder);
    }

    /** Whether this machine lets us. */
    static boolean isPossible() {
        try {
            var folder = Files.createTempDirectory("sluse-disk");
            var possible = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
            if (possible) {
                run("umount", folder.toString());
            }
            Files.delete(folder);
            return possible;
        } catch (IOException cannotMake) {
            throw new UncheckedIOException(cannotMake);
        }
    }

    Path folder() {
        return folder;
    }

    /** To the last byte. */
    void fill() {
        var chunk = new byte[CHUNK];
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            // That is what it is for.
        }
    }

    void free() {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException cannotFree) {
            throw new UncheckedIOException(cannotFree);
        }
    }

    @Override
    public void close() {
        run("umount", "-l", folder.toString());
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(List.of(command)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Where backups lie: files by name, for example {@code clinic-north/20261127T031200Z-1f2e3d4c.data}. What is in them is sealed before it comes here, so a place needs to be
 * lasting and not trusted. Thread-safe; every method may block.
 */
interface Place {

    /** Writes what a file holds. Need not close the stream. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream target) throws IOException;
    }

    /**
     * Writes a new file. It is there under its name, whole and lasting, when this returns, and not before; when the content throws, nothing is left.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one of this name
     */
    void write(String name, Content content) throws IOException;

    /** The file's bytes; closed by the caller. @throws java.nio.file.NoSuchFileException when there is none */
    InputStream read(String name) throws IOException;

    /** Every file whose name begins so, in the order of names. What is being written, or was cut off by a crash, may be among them under a name that goes on: {@code .data.part}. */
    List<String> names(String beginning) throws IOException;

    /** Where this machine connects to for all that, for an operator's firewall. Asks nobody. */
    default Set<URI> addresses() {
        return Set.of();
    }

    /** Removes the file; when there is none, that is as good. */
    void remove(String name) throws IOException;
}

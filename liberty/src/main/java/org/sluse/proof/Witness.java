// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The copy of a log's checkpoints in a second place: a text file to which is only ever appended, a signed note in each line, its line feeds written {@code \n}.
 * A line that was torn by a crash is skipped. Several processes may append at once.
 *
 * @param file need not be there yet
 */
public record Witness(Path file) {

    private static final String ESCAPED = "\\n";
    /** What comes before a signature (C2SP signed-note). */
    private static final String SIGNATURE = ESCAPED + ESCAPED + "\u2014 ";
    /** Longer than any note is. */
    private static final int LONGEST = 4096;

    /** The note that was appended last; empty when there is none. */
    public Optional<String> last() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return last(channel);
        }
    }

    private static Optional<String> last(FileChannel channel) throws IOException {
        var start = Math.max(0, channel.size() - 2 * LONGEST);
        var bytes = ByteBuffer.allocate((int) (channel.size() - start));
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
            // Until it is filled.
        }
        var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return text.lines()
                .skip(start == 0 ? 0 : 1)
                .filter(Witness::isWhole)
                .map(Witness::note)
                .reduce((_, later) -> later);
    }

    /**
     * Appends, and returns once it is on the disk. The file is made when there is none, for its owner only. Other processes wait meanwhile; two threads of one may not come at once.
     *
     * @param next the notes that follow the last one, while nobody else appends any
     * @return how many those were
     */
    public int append(Function<Optional<String>, List<String>> next) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var isNew = !Files.exists(file);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE); var lock = channel.lock()) {
            if (isNew && Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file,
                        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            }
            var text = new StringBuilder(endsInALine(channel) ? "" : "\n");
            var notes = next.apply(last(channel));
            notes.forEach(note -> text.append(note.replace("\n", ESCAPED)).append('\n'));
            var bytes = StandardCharsets.UTF_8.encode(text.toString());
            var at = channel.size();
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(true);
            assert lock.isValid();
            return notes.size();
        }
    }

    private static boolean endsInALine(FileChannel channel) throws IOException {
        var last = ByteBuffer.allocate(1);
        return channel.size() == 0 || channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
    }

    /** Every note, the oldest first; to be closed. @throws UncheckedIOException when it cannot be read */
    public Stream<String> notes() {
        try {
            return Files.exists(file) ? Files.lines(file).filter(Witness::isWhole).map(Witness::note) : Stream.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One that was torn behind one of its line feeds has no signature yet. */
    private static boolean isWhole(String line) {
        return line.endsWith(ESCAPED) && line.contains(SIGNATURE);
    }

    private static String note(String line) {
        return line.replace(ESCAPED, "\n");
    }
}

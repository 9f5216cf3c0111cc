// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A proof file, verified while it is written here, from its beginning to its end, once: see {@link ProofLines}. For one thread; to be closed, which closes the witness. */
public final class LogProof extends OutputStream {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int STEP = 100_000;

    private final LogVerifier verifier;
    private final LongConsumer progress;
    /** What is read so far of the lines that have not ended. */
    private byte[] buffer = new byte[BUFFER];
    private int filled;
    private long lines;
    private boolean isTooLong;

    /** When a proof was made. */
    public enum Age {
        /** Now: a witness that knows of more entries shows that the log was rolled back. */
        CURRENT,
        /** At some time: a witness that knows of more is younger, and nothing else. */
        PAST
    }

    /**
     * Before its first byte.
     *
     * @param age whether the witness may know more
     * @param expected the key with which the log must be signed; empty for the one that it names
     * @param witness the witness's notes, oldest first; empty to compare with none. Asked for twice, and closed here
     * @param progress told each hundred thousand entries
     */
    public LogProof(Age age, Optional<LogKey> expected, Supplier<Stream<String>> witness, LongConsumer progress) {
        this.verifier = new LogVerifier(age, expected, witness);
        this.progress = progress;
    }

    /** Proves a log, or says what was altered. @param proof read to its end, and not closed @throws IOException when it cannot be read */
    public static Verdict verify(InputStream proof, Age age, Optional<LogKey> expected,
            Supplier<Stream<String>> witness, LongConsumer progress) throws IOException {
        try (var check = new LogProof(age, expected, witness, progress)) {
            proof.transferTo(check);
            return check.verdict();
        }
    }

    @Override
    public void write(int one) {
        write(new byte[]{(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        var taken = 0;
        while (taken < length && !isTooLong) {
            var read = Math.min(length - taken, buffer.length - filled);
            System.arraycopy(bytes, offset + taken, buffer, filled, read);
            taken += read;
            takeLines(read);
        }
    }

    private void takeLines(int read) {
        filled += read;
        var begin = 0;
        for (var at = filled - read; at < filled; at++) {
            if (buffer[at] == '\n') {
                take(begin == 0 ? buffer : Arrays.copyOfRange(buffer, begin, at), at - begin);
                begin = at + 1;
                if (++lines % STEP == 0) {
                    progress.accept(lines);
                }
            }
        }
        System.arraycopy(buffer, begin, buffer, 0, filled - begin);
        filled -= begin;
        if (filled == LONGEST_LINE) {
            verifier.damaged("The file has a line of more than a million bytes.");
            isTooLong = true;
        } else if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }

    private void take(byte[] line, int length) {
        if (!ProofLines.read(line, length, verifier)) {
            verifier.damaged("The file has a line that is none of a proof's.");
        }
    }

    /** What is to be said of the log, after its last byte. */
    public Verdict verdict() {
        if (filled > 0 && !isTooLong) {
            verifier.damaged("The file ends in the middle of a line; right would be to download it again.");
        }
        return verifier.verdict();
    }

    @Override
    public void close() {
        verifier.close();
    }
}

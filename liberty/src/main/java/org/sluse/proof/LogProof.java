// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A proof file, or the same as a stream: see {@link ProofLines}. */
public final class LogProof {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int STEP = 100_000;

    /** When a proof was made. */
    public enum Age {
        /** Now: a witness that knows of more entries shows that the log was rolled back. */
        CURRENT,
        /** At some time: a witness that knows of more is younger, and nothing else. */
        PAST
    }

    private LogProof() {
    }

    /**
     * Proves a log, or says what was altered. Reads from beginning to end, once.
     *
     * @param proof not closed here
     * @param age whether the witness may know more
     * @param expected the key with which the log must be signed; empty for the one that it names
     * @param witness the witness's notes, oldest first; empty to compare with none. Asked for twice, and closed here
     * @param progress told each hundred thousand entries
     */
    public static Verdict verify(InputStream proof, Age age, Optional<LogKey> expected,
            Supplier<Stream<String>> witness, LongConsumer progress) throws IOException {
        try (var verifier = new LogVerifier(age, expected, witness)) {
            var buffer = new byte[BUFFER];
            var filled = 0;
            long lines = 0;
            int read;
            while ((read = proof.read(buffer, filled, buffer.length - filled)) >= 0) {
                filled += read;
                var begin = 0;
                for (var at = filled - read; at < filled; at++) {
                    if (buffer[at] == '\n') {
                        take(verifier, begin == 0 ? buffer : Arrays.copyOfRange(buffer, begin, at), at - begin);
                        begin = at + 1;
                        if (++lines % STEP == 0) {
                            progress.accept(lines);
                        }
                    }
                }
                System.arraycopy(buffer, begin, buffer, 0, filled - begin);
                filled -= begin;
                if (filled == buffer.length) {
                    if (buffer.length >= LONGEST_LINE) {
                        verifier.damaged("The file has a line of more than a million bytes.");
                        break;
                    }
                    buffer = Arrays.copyOf(buffer, 2 * buffer.length);
                }
            }
            if (filled > 0) {
                verifier.damaged("The file ends in the middle of a line; right would be to download it again.");
            }
            return verifier.verdict();
        }
    }

    private static void take(LogVerifier verifier, byte[] line, int length) {
        if (!ProofLines.read(line, length, verifier)) {
            verifier.damaged("The file has a line that is none of a proof's.");
        }
    }
}

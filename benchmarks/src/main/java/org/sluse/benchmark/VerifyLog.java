// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sluse.proof.Checkpoint;
import org.sluse.proof.LogProof;
import org.sluse.proof.LogSigner;
import org.sluse.proof.MerkleRange;
import org.sluse.proof.ProofLines;
import org.sluse.proof.TreeHasher;

/** How long a log of a million entries, with a checkpoint each thousand, takes to be proved from its file, on one thread: the fastest of five. */
final class VerifyLog implements Measurement {

    private static final int ENTRIES = 1_000_000;
    private static final int BETWEEN_CHECKPOINTS = 1_000;
    private static final int TIMES = 5;

    @Override
    public String name() {
        return "verify-log";
    }

    @Override
    public List<Line> measure() {
        try {
            var file = Files.createTempFile("log", ".jsonl");
            try {
                write(file);
                var best = Double.MAX_VALUE;
                for (var time = 0; time < TIMES; time++) {
                    best = Math.min(best, verify(file));
                }
                return List.of(Line.alone(name(), best, "ns/entry"));
            } finally {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static double verify(Path file) throws IOException {
        try (var proof = Files.newInputStream(file)) {
            var begun = System.nanoTime();
            var verdict = LogProof.verify(proof, LogProof.Age.CURRENT, Optional.empty(), Stream::empty, lines -> {
            });
            var took = System.nanoTime() - begun;
            if (!verdict.isProved() || verdict.proved() != ENTRIES) {
                throw new IllegalStateException("The log was not proved: " + verdict.findings());
            }
            return (double) took / ENTRIES;
        }
    }

    private static void write(Path file) throws IOException {
        var signer = LogSigner.make("sluse.example");
        var origin = "sluse.example/clinic/north";
        var hasher = new TreeHasher();
        var tree = new MerkleRange(hasher);
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            line(out, ProofLines.head(origin, signer.key()));
            for (var index = 0; index < ENTRIES; index++) {
                var entry = """
                        {"action":"READ","actorId":"b3bd1f6a-6f5c-4a52-9d59-%012d","actorKind":"STAFF","agent":"BROWSER","at":"2026-11-27T10:00:00.123457Z","id":%d,\
                        "network":"192.0.2.0/24","objectId":"*","objectType":"VideoSession","objects":3,"outcome":"DONE","plugin":"video","v":1}"""
                        .formatted(index, index + 1)
                        .getBytes(StandardCharsets.UTF_8);
                var leaf = hasher.leaf(entry);
                tree.append(leaf);
                line(out, ProofLines.entry(index, leaf, Optional.of(entry)));
                if ((index + 1) % BETWEEN_CHECKPOINTS == 0) {
                    line(out, ProofLines.checkpoint(tree.size(), tree.peaks(),
                            signer.sign(new Checkpoint(origin, tree.size(), tree.root()))));
                }
            }
            line(out, ProofLines.end(ENTRIES, 0));
        }
    }

    private static void line(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        out.write('\n');
    }
}

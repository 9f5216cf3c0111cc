// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A log as it lies in a database, row by row, for whoever wants to alter it. */
final class PaperLog {

    static final LogSigner SIGNER = LogSigner.make("sluse.example");
    static final String ORIGIN = "sluse.example/clinic/north";

    /** A leaf and its entry. @param entry empty for one that is gone */
    record Row(byte[] hash, Optional<byte[]> entry) {

        static Row of(String text) {
            return of(text.getBytes(StandardCharsets.UTF_8));
        }

        static Row of(byte[] entry) {
            return new Row(new TreeHasher().leaf(entry), Optional.of(entry));
        }
    }

    record Point(long size, byte[] peaks, String note) {}

    final List<Row> rows = new ArrayList<>();
    final List<Point> points = new ArrayList<>();
    final List<String> witness = new ArrayList<>();

    /** With as many entries, a checkpoint behind the last one, and others before it at places of chance. */
    static PaperLog of(int entries, Random random) {
        var log = new PaperLog();
        var tree = new MerkleRange(new TreeHasher());
        for (var index = 0; index < entries; index++) {
            log.rows.add(Row.of(text(index, random)));
            tree.append(log.rows.getLast().hash());
            if (index == entries - 1 || random.nextInt(20) == 0) {
                log.sign(tree);
            }
        }
        return log;
    }

    static String text(long index, Random random) {
        return "{\"action\":\"READ\",\"id\":" + (index + 1) + ",\"objectId\":\"" + Long.toHexString(random.nextLong())
                + "\",\"v\":1}";
    }

    private void sign(MerkleRange tree) {
        var note = SIGNER.sign(new Checkpoint(ORIGIN, tree.size(), tree.root()));
        points.add(new Point(tree.size(), tree.peaks(), note));
        witness.add(note);
    }

    /** The same, to be altered. */
    PaperLog copy() {
        var copy = new PaperLog();
        copy.rows.addAll(rows);
        copy.points.addAll(points);
        copy.witness.addAll(witness);
        return copy;
    }

    /** As it is exported: by index, each checkpoint where it belongs or, when there are too few entries, at the end. */
    byte[] file() {
        var lines = new ArrayList<byte[]>();
        lines.add(ProofLines.head(ORIGIN, SIGNER.key()));
        var left = new ArrayList<>(points);
        for (var index = 0; index < rows.size(); index++) {
            lines.add(ProofLines.entry(index, rows.get(index).hash(), rows.get(index).entry()));
            while (!left.isEmpty() && left.getFirst().size() <= index + 1) {
                lines.add(line(left.removeFirst()));
            }
        }
        left.forEach(point -> lines.add(line(point)));
        lines.add(ProofLines.end(rows.size(), 0));
        return join(lines);
    }

    static byte[] line(Point point) {
        return ProofLines.checkpoint(point.size(), point.peaks(), point.note());
    }

    static byte[] join(List<byte[]> lines) {
        var file = new ByteArrayOutputStream();
        for (var line : lines) {
            file.writeBytes(line);
            file.write('\n');
        }
        return file.toByteArray();
    }

    Verdict verify() {
        return verify(file(), witness);
    }

    static Verdict verify(byte[] file, List<String> witness) {
        try {
            return LogProof.verify(new ByteArrayInputStream(file), LogProof.Age.CURRENT, Optional.of(SIGNER.key()),
                    witness::stream, _ -> {
                    });
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sluse.proof.Finding.Kind;

/**
 * Goes through a log from its first entry to its last and compares it with what was signed. Needs the same
 * memory for a log of any length. For one thread; to be closed.
 *
 * <p>Two questions are asked of each entry. Is it what its hash says? If not, the entry is named. And do the hashes up to a checkpoint give the root that was signed? If not,
 * somebody has written hashes anew; a checkpoint's peaks, which its root proves, let the next piece be judged for itself, and {@link Rewriting} finds out what it can.
 */
final class LogVerifier implements ProofLines.Reader, AutoCloseable {

    private static final int MOST_FINDINGS = 1000;
    private static final int MOST_MISMATCHES = 100_000;

    private final LogProof.Age age;
    private final Optional<LogKey> expected;
    private final Supplier<Stream<String>> notes;
    private final TreeHasher hasher = new TreeHasher();

    private @Nullable LogKey key;
    private String origin = "";
    private @Nullable Witnessed witness;

    private final List<Finding> findings = new ArrayList<>();
    private long more;
    private long checkpoints;
    private long proved;
    /** By the newest checkpoint. */
    private long counted;
    private boolean ended;

    /** Where the next entry stands. */
    private long position;
    /** Since the last place that is known to be as signed: where it is, and the tree there. */
    private long from;
    private MerkleRange start = new MerkleRange(hasher);
    /** The tree of the hashes, and that of the entries where it differs. */
    private MerkleRange stored = new MerkleRange(hasher);
    private @Nullable MerkleRange computed;
    /** An entry is missing since, so that there is no tree to compare. */
    private boolean torn;
    private final List<byte[]> piece = new ArrayList<>();
    private @Nullable Rewriting rewriting;

    private final List<Mismatch> mismatches = new ArrayList<>();
    /** Missing so far: from which to which. */
    private final TreeMap<Long, Long> missing = new TreeMap<>();
    private final List<Ahead> ahead = new ArrayList<>();

    /** An entry that is not what its hash says. @param isHash whether it is the hash that was altered */
    private record Mismatch(long index, byte[] hash, byte[] entry, boolean isHash) {}

    /** A checkpoint that counts entries which have not come. */
    private record Ahead(Checkpoint checkpoint, Optional<MerkleRange> tree) {}

    /** @param expected with which key it must be signed; empty for the one that it names @param notes what the witness has, oldest first */
    LogVerifier(LogProof.Age age, Optional<LogKey> expected, Supplier<Stream<String>> notes) {
        this.age = age;
        this.expected = expected;
        this.notes = notes;
    }

    @Override
    public void head(String itsOrigin, String itsKey) {
        var named = LogKey.parse(itsKey);
        if (key != null || position > 0 || named.isEmpty()) {
            damaged("The file has no usable heading; right would be a proof as it was downloaded.");
            return;
        }
        if (expected.filter(one -> !one.equals(named.get())).isPresent()) {
            found(Finding.at(Kind.CHECKPOINT, 0, "The log names the key %s, and the known one is %s.".formatted(itsKey,
                    expected.get())));
        }
        var used = expected.orElse(named.get());
        key = used;
        origin = itsOrigin;
        witness = new Witnessed(used, itsOrigin, notes, this::found);
    }

    @Override
    public void entry(long index, byte[] hash, byte[] line, int begin, int end) {
        if (key == null || index < 0) {
            damaged("The file does not begin with its heading, or counts wrongly.");
            return;
        }
        if (index < position) {
            again(index);
            return;
        }
        if (index > position) {
            gap(index);
        }
        askWitness();
        var own = begin == end ? hash : hasher.leaf(line, begin, end - begin);
        if (begin == end) {
            found(Finding.at(Kind.DELETED, index, "Entry %d was deleted; its hash is still there.".formatted(index)));
        } else if (!Arrays.equals(own, hash)) {
            if (mismatches.size() < MOST_MISMATCHES) {
                mismatches.add(new Mismatch(index, hash, own, false));
            } else {
                more++;
            }
            if (computed == null) {
                computed = stored.copy();
            }
        }
        stored.append(hash);
        if (computed != null) {
            computed.append(own);
        }
        if (piece.size() < Rewriting.MOST) {
            piece.add(hash);
        }
        if (rewriting != null) {
            rewriting.leaf(index, hash);
        }
        position++;
    }

    @Override
    public void checkpoint(long size, byte[] peaks, String note) {
        if (key == null) {
            damaged("The file does not begin with its heading.");
            return;
        }
        var signed = key.open(note)
                .filter(one -> one.size() == size && one.origin().equals(origin) && one.acknowledged().isEmpty());
        if (signed.isEmpty()) {
            found(Finding.at(Kind.CHECKPOINT, size,
                    "The checkpoint of %d entries is not signed with the log's key.".formatted(size)));
            return;
        }
        counted = Math.max(counted, size);
        var tree = MerkleRange.of(hasher, signed.get(), peaks);
        if (tree.isEmpty()) {
            found(Finding.at(Kind.CHECKPOINT, size,
                    "The tree beside the checkpoint of %d entries was altered.".formatted(size)));
        }
        if (size < position) {
            damaged("The checkpoint of %d entries stands behind entry %d.".formatted(size, position - 1));
        } else if (size > position) {
            ahead.add(new Ahead(signed.get(), tree));
        } else {
            settle(signed.get(), tree);
        }
    }

    @Override
    public void end(long entries) {
        ended = true;
        if (entries != position) {
            found(Finding.at(Kind.DAMAGED, position,
                    "The file's last line counts %d entries, and there are %d.".formatted(entries, position)));
        }
    }

    void damaged(String sentence) {
        if (findings.stream().noneMatch(one -> one.kind() == Kind.DAMAGED)) {
            found(Finding.at(Kind.DAMAGED, position, sentence));
        }
    }

    /** An entry whose place has been passed. */
    private void again(long index) {
        var gap = missing.floorEntry(index);
        if (gap == null || gap.getValue() < index) {
            found(Finding.at(Kind.INSERTED, index, "Entry %d is there twice; one was inserted.".formatted(index)));
            return;
        }
        missing.remove(gap.getKey());
        if (gap.getKey() < index) {
            missing.put(gap.getKey(), index - 1);
        }
        if (gap.getValue() > index) {
            missing.put(index + 1, gap.getValue());
        }
        found(Finding.at(Kind.REORDERED, index, "Entry %d stands behind a later one.".formatted(index)));
    }

    private void gap(long next) {
        missing.put(position, next - 1);
        torn = true;
        // What was signed meanwhile is a place to go on from.
        var passed = ahead.stream().filter(one -> one.checkpoint().size() <= next).toList();
        ahead.removeAll(passed);
        position = next;
        passed.stream()
                .filter(one -> one.checkpoint().size() == next)
                .forEach(one -> settle(one.checkpoint(), one.tree()));
    }

    /** Compares with what was signed at this place. */
    private void settle(Checkpoint signed, Optional<MerkleRange> tree) {
        checkpoints++;
        if (witnessed(Optional.of(signed)).filter(root -> !Arrays.equals(root, signed.root())).isPresent()) {
            found(Finding.at(Kind.CHECKPOINT, position,
                    "The checkpoint of %d entries has another root than the witness's: the log was written anew and signed again."
                            .formatted(position)));
        }
        if (rewriting != null) {
            rewriting.mark(signed, tree);
        }
        if (torn) {
            tree.ifPresent(this::restart);
        } else if (Arrays.equals(stored.root(), signed.root())) {
            proved = position;
            restart(stored);
        } else if (computed != null && Arrays.equals(computed.root(), signed.root())) {
            proved = position;
            mismatches.replaceAll(
                    one -> one.index() < from ? one : new Mismatch(one.index(), one.hash(), one.entry(), true));
            restart(computed);
        } else {
            rewritten(signed, tree);
            tree.ifPresentOrElse(this::restart, () -> torn = true);
        }
    }

    private void rewritten(Checkpoint signed, Optional<MerkleRange> tree) {
        if (rewriting == null) {
            rewriting = new Rewriting(hasher, from, start, piece, signed, tree);
        } else {
            rewriting.another(from, position - 1);
        }
    }

    private void restart(MerkleRange tree) {
        from = position;
        start = tree.copy();
        stored = tree.copy();
        computed = null;
        torn = false;
        piece.clear();
    }

    /** What only the witness has. */
    private void askWitness() {
        witnessed(Optional.empty()).ifPresent(root -> settle(new Checkpoint(origin, position, root),
                Optional.of(stored).filter(one -> !torn && Arrays.equals(one.root(), root))));
    }

    private Optional<byte[]> witnessed(Optional<Checkpoint> known) {
        return Optional.ofNullable(witness).flatMap(one -> one.at(position, known));
    }

    /** To be called once, when nothing more comes. */
    Verdict verdict() {
        if (key == null) {
            damaged("The file has no heading; right would be a proof as it was downloaded.");
        } else if (!ended) {
            damaged("The file ends before its last line; right would be to download it again.");
        }
        if (key != null) {
            askWitness();
        }
        missing.forEach((first, last) -> found(new Finding(Kind.DELETED, first, last,
                "%s: nothing is left of what was there.".formatted(Finding.entries(first, last)))));
        nameMismatches();
        var explained = rewriting == null ? 0 : rewriting.explain(position, counted, this::found);
        if (counted > position && position - explained != counted) {
            found(new Finding(Kind.TRUNCATED, position, counted - 1, "%s: cut off; a checkpoint counts %d."
                    .formatted(Finding.entries(position, counted - 1), counted)));
        }
        var known = witness == null ? 0 : witness.newest();
        if (age == LogProof.Age.CURRENT && known > Math.max(counted, position)) {
            found(new Finding(Kind.ROLLED_BACK, position, known - 1,
                    "The log is as it was when it had %d entries; the witness knows one of %d.".formatted(position,
                            known)));
        }
        findings.sort(Comparator.comparingLong(Finding::from));
        return new Verdict(origin, String.valueOf(key), position, proved, checkpoints, List.copyOf(findings), more,
                witness == null ? List.of() : witness.acknowledgements());
    }

    @Override
    public void close() {
        if (witness != null) {
            witness.close();
        }
    }

    private void nameMismatches() {
        Map<List<Byte>, Long> belongs = new HashMap<>();
        mismatches.forEach(one -> belongs.put(boxed(one.hash()), one.index()));
        for (var one : mismatches) {
            var place = belongs.get(boxed(one.entry()));
            if (place != null) {
                found(Finding.at(Kind.REORDERED, one.index(), "Entry %d is the one that belongs at %d."
                        .formatted(one.index(), place)));
            } else if (one.isHash()) {
                found(Finding.at(Kind.EDITED, one.index(),
                        "The hash of entry %d was edited; the entry is as it was signed.".formatted(one.index())));
            } else {
                found(Finding.at(Kind.EDITED, one.index(), "Entry %d was edited.".formatted(one.index())));
            }
        }
    }

    private static List<Byte> boxed(byte[] bytes) {
        var list = new ArrayList<Byte>(bytes.length);
        for (var one : bytes) {
            list.add(one);
        }
        return list;
    }

    private void found(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        } else {
            more++;
        }
    }
}

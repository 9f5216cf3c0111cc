// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sluse.proof.Finding.Kind;

/**
 * A piece between two checkpoints in which hashes were written anew, and what comes behind it: finds out, by trying, whether entries were put in, taken out or exchanged there. For one thread.
 */
final class Rewriting {

    /** Of how many hashes at most there is something to be tried with. */
    static final int MOST = 1 << 15;
    /** In a longer piece no single place is looked for: it would take seconds. */
    private static final int SEARCHED = 1 << 11;
    private static final int EXCHANGED = 1 << 5;
    private static final int[] SHIFTS = {0, 1, -1, 2, -2, 3, -3, 4, -4};

    private final TreeHasher hasher;
    private final long from;
    private final MerkleRange start;
    private final List<byte[]> leaves;
    private final Checkpoint end;
    private final Optional<MerkleRange> tree;
    private Optional<Checkpoint> next = Optional.empty();
    private final List<long[]> others = new ArrayList<>();

    /** @param start the tree at {@code from} @param piece the hashes from there to the checkpoint {@code end} @param tree that of the checkpoint, as it was signed */
    Rewriting(TreeHasher hasher, long from, MerkleRange start, List<byte[]> piece, Checkpoint end,
            Optional<MerkleRange> tree) {
        this.hasher = hasher;
        this.from = from;
        this.start = start;
        this.leaves = new ArrayList<>(piece);
        this.end = end;
        this.tree = tree;
    }

    /** What comes behind it. */
    void leaf(long index, byte[] hash) {
        if (leaves.size() < MOST && index == from + leaves.size()) {
            leaves.add(hash);
        }
    }

    /** The next checkpoint. */
    void mark(Checkpoint signed, Optional<MerkleRange> itsTree) {
        if (next.isEmpty() && itsTree.isPresent() && signed.size() > end.size()) {
            next = Optional.of(signed);
        }
    }

    /** A further piece that does not give its root. */
    void another(long first, long last) {
        others.add(new long[]{first, last});
    }

    /**
     * Says what was done.
     *
     * @param entries how many the log has
     * @param newest how many the newest checkpoint counts
     * @return by how many entries what follows is moved: more than 0 for what was put in
     */
    long explain(long entries, long newest, Consumer<Finding> found) {
        var shift = shift(entries, newest);
        var last = end.size() - 1;
        if (shift > 0) {
            var place = shift == 1 ? inserted() : Optional.<Long>empty();
            var first = place.orElse(from);
            found.accept(new Finding(Kind.INSERTED, first, place.orElse(last),
                    place.isPresent()
                            ? "Entry %d was inserted, and those behind it were moved.".formatted(first)
                            : "%s: %d of them were inserted, and those behind them were moved."
                                    .formatted(Finding.entries(from, last), shift)));
            return shift;
        }
        if (shift < 0) {
            found.accept(new Finding(Kind.DELETED, from, last,
                    "%s: %d of them were deleted, and those behind them were moved."
                            .formatted(Finding.entries(from, last), -shift)));
            return shift;
        }
        var exchanged = exchanged();
        exchanged.ifPresentOrElse(pair -> found.accept(new Finding(Kind.REORDERED, pair[0], pair[1],
                "Entries %d and %d have changed places.".formatted(pair[0], pair[1]))),
                () -> found.accept(rewritten(from, last)));
        others.forEach(one -> found.accept(rewritten(one[0], one[1])));
        return 0;
    }

    private static Finding rewritten(long first, long last) {
        return new Finding(Kind.REWRITTEN, first, last,
                "%s: not what was signed; edited, exchanged or replaced together with their hashes."
                        .formatted(Finding.entries(first, last)));
    }

    private long shift(long entries, long newest) {
        if (next.isPresent() && tree.isPresent()) {
            for (var shift : SHIFTS) {
                // What was taken out is missing at the end, and what was put in is more than was counted.
                var counted = shift == 0 || (shift < 0 ? entries < newest : entries >= newest + shift);
                if (counted && follows(shift, next.get())) {
                    return shift;
                }
            }
            return 0;
        }
        // Without a second checkpoint: what is missing at the end was taken out, and what is put in can be found by leaving it out.
        if (entries < newest) {
            return entries - newest;
        }
        return inserted().isPresent() ? 1 : 0;
    }

    /** Whether the next piece is as it was signed, but for being moved. */
    private boolean follows(int shift, Checkpoint to) {
        var first = (int) (end.size() - from) + shift;
        var last = (int) (to.size() - from) + shift;
        if (first < 0 || last > leaves.size()) {
            return false;
        }
        var tried = tree.orElseThrow().copy();
        leaves.subList(first, last).forEach(tried::append);
        return Arrays.equals(tried.root(), to.root());
    }

    private int length() {
        return (int) Math.min(Integer.MAX_VALUE, end.size() - from);
    }

    /** The one that is too many. */
    private Optional<Long> inserted() {
        var length = length();
        if (length > SEARCHED || leaves.size() <= length) {
            return Optional.empty();
        }
        var before = start.copy();
        for (var place = 0; place <= length; place++) {
            var tried = before.copy();
            leaves.subList(place + 1, length + 1).forEach(tried::append);
            if (Arrays.equals(tried.root(), end.root())) {
                return Optional.of(from + place);
            }
            before.append(leaves.get(place));
        }
        return Optional.empty();
    }

    private Optional<long[]> exchanged() {
        var length = length();
        if (length > EXCHANGED || leaves.size() < length) {
            return Optional.empty();
        }
        for (var one = 0; one < length; one++) {
            for (var other = one + 1; other < length; other++) {
                var tried = start.copy();
                for (var at = 0; at < length; at++) {
                    tried.append(leaves.get(at == one ? other : at == other ? one : at));
                }
                if (Arrays.equals(tried.root(), end.root())) {
                    return Optional.of(new long[]{from + one, from + other});
                }
            }
        }
        return Optional.empty();
    }
}

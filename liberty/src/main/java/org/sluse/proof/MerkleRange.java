// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * A Merkle tree of which only the roots of its complete subtrees are kept, the largest first: as many as its size has binary ones. It can be appended to, and knows its root. For one thread.
 */
public final class MerkleRange {

    private final TreeHasher hasher;
    private final Deque<byte[]> peaks = new ArrayDeque<>();
    private long size;

    /** The empty tree. */
    public MerkleRange(TreeHasher hasher) {
        this.hasher = hasher;
    }

    /**
     * The tree of this size.
     *
     * @param peaks the roots of its complete subtrees, one behind the other
     * @throws IllegalArgumentException when there are more or fewer than the size has binary ones
     */
    static MerkleRange of(TreeHasher hasher, long size, byte[] peaks) {
        if (size < 0 || peaks.length != Long.bitCount(size) * TreeHasher.LENGTH) {
            throw new IllegalArgumentException("A tree of %d has %d peaks, not %d bytes".formatted(size,
                    Long.bitCount(size), peaks.length));
        }
        var range = new MerkleRange(hasher);
        range.size = size;
        for (var at = 0; at < peaks.length; at += TreeHasher.LENGTH) {
            range.peaks.addLast(Arrays.copyOfRange(peaks, at, at + TreeHasher.LENGTH));
        }
        return range;
    }

    /** The tree that was signed; empty when these are not its peaks. */
    public static Optional<MerkleRange> of(TreeHasher hasher, Checkpoint signed, byte[] peaks) {
        return peaks.length == Long.bitCount(signed.size()) * TreeHasher.LENGTH
                ? Optional.of(of(hasher, signed.size(), peaks)).filter(one -> Arrays.equals(one.root(), signed.root()))
                : Optional.empty();
    }

    /** The same tree, to be appended to apart. */
    MerkleRange copy() {
        var copy = new MerkleRange(hasher);
        copy.size = size;
        copy.peaks.addAll(peaks);
        return copy;
    }

    /** Puts a leaf behind the others. @param leaf its hash */
    public void append(byte[] leaf) {
        var whole = leaf;
        for (var rest = size; (rest & 1) == 1; rest >>= 1) {
            whole = hasher.node(peaks.removeLast(), whole);
        }
        peaks.addLast(whole);
        size++;
    }

    /** How many leaves it has. */
    public long size() {
        return size;
    }

    /** As {@link #of} takes them. */
    public byte[] peaks() {
        var bytes = new byte[peaks.size() * TreeHasher.LENGTH];
        var at = 0;
        for (var peak : peaks) {
            System.arraycopy(peak, 0, bytes, at, TreeHasher.LENGTH);
            at += TreeHasher.LENGTH;
        }
        return bytes;
    }

    /** The Merkle tree hash; of the empty tree that of no bytes. */
    public byte[] root() {
        if (size == 0) {
            return hasher.empty();
        }
        var fromRight = peaks.descendingIterator();
        var root = fromRight.next();
        while (fromRight.hasNext()) {
            root = hasher.node(fromRight.next(), root);
        }
        return root;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962, 2.1: SHA-256, with a byte before it that keeps a leaf from being taken for a node. For one thread. */
public final class TreeHasher {

    /** Of every hash, in bytes. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest;

    /** A hasher. */
    public TreeHasher() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }

    /** Of an entry. */
    public byte[] leaf(byte[] entry) {
        return leaf(entry, 0, entry.length);
    }

    byte[] leaf(byte[] bytes, int from, int length) {
        digest.update(LEAF);
        digest.update(bytes, from, length);
        return digest.digest();
    }

    byte[] node(byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        digest.update(right);
        return digest.digest();
    }

    byte[] empty() {
        return digest.digest();
    }
}

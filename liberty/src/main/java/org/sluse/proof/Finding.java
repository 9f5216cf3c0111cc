// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

/**
 * Something in a log that is not as it was signed.
 *
 * @param kind what was done
 * @param from the first entry that it may be, counted from 0
 * @param to the last one; the same as {@code from} when it is known exactly
 * @param sentence all of it, for people
 */
public record Finding(Kind kind, long from, long to, String sentence) {

    /** What was done to a log. */
    public enum Kind {
        /** An entry, or the hash beside it, says something else. */
        EDITED,
        /** An entry is gone. */
        DELETED,
        /** An entry has been put between others. */
        INSERTED,
        /** Entries have changed places. */
        REORDERED,
        /** The newest entries are gone, the checkpoint that counts them is not. */
        TRUNCATED,
        /** Everything is as it was at an earlier time; the witness knows a later one. */
        ROLLED_BACK,
        /** Entries and hashes have been written anew between two checkpoints, and what exactly cannot be told. */
        REWRITTEN,
        /** A checkpoint is not what this log's key has signed, or not the one that the witness has. */
        CHECKPOINT,
        /** The file is not whole, or no proof. */
        DAMAGED
    }

    static Finding at(Kind kind, long index, String sentence) {
        return new Finding(kind, index, index, sentence);
    }

    /** In a sentence: an entry, or from which to which. */
    static String entries(long from, long to) {
        return from == to ? "Entry " + from : "Entries " + from + " to " + to;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sluse.proof.Checkpoint;
import org.sluse.proof.LogSigner;
import org.sluse.proof.MerkleRange;
import org.sluse.proof.TreeHasher;

/**
 * A log in its database: leaves, checkpoints, and whether they fit to what the witness has. Each method works in the transaction that it is given. Thread-safe.
 */
final class LogStore {

    /** How many entries are given their places in one transaction at most. */
    static final int PIECE = 5000;

    private static final int FETCHED = 1000;

    private final LogForm form;
    private final String origin;
    private final LogSigner signer;

    /** What was signed last. @param size 0 when nothing was */
    private record Signed(long size, MerkleRange tree) {}

    private record Leaf(long entry, byte[] hash) {}

    /** How a log stands. @param entries that have their place @param proved how many of them the newest checkpoint counts @param at when it was signed; empty when none was */
    record Standing(long entries, long proved, Optional<Instant> at) {}

    LogStore(LogForm form, String origin, LogSigner signer) {
        this.form = form;
        this.origin = origin;
        this.signer = signer;
    }

    /**
     * Gives places to entries that have none, in the order of their ids: what is committed later gets a later place, whatever its id, so that no slower transaction is passed over.
     *
     * @param since entries that say an earlier time are not looked at
     * @return how many; when it is {@link #PIECE}, there may be more
     */
    int integrate(Handle handle, Instant since) {
        lock(handle);
        var hasher = new TreeHasher();
        var leaves = handle.createQuery(form.sql("""
                select entry.id, <columns> from <entries> entry
                where entry.at >= :since and not exists (select 1 from <leaves> leaf where leaf.entry = entry.id)
                order by entry.id limit :most"""))
                .bind("since", since)
                .bind("most", PIECE)
                .map((row, context) -> new Leaf(row.getLong(1), hasher.leaf(form.line(row, 2))))
                .list();
        if (!leaves.isEmpty()) {
            var place = size(handle);
            var batch = handle
                    .prepareBatch(form.sql(
                            "insert into <leaves> (place, entry, form, hash) values (:place, :entry, :form, :hash)"));
            for (var leaf : leaves) {
                batch.bind("place", place++)
                        .bind("entry", leaf.entry())
                        .bind("form", LogForm.NUMBER)
                        .bind("hash", leaf.hash())
                        .add();
            }
            batch.execute();
        }
        return leaves.size();
    }

    /**
     * Signs what has come since the newest checkpoint. The leaves are read as others committed them, so that they are on the disk.
     *
     * @return whether there was anything
     * @throws LogAlteredException when the log cannot be gone on with
     */
    boolean sign(Handle handle, Instant now) {
        lock(handle);
        var last = last(handle);
        var tree = grown(handle, last, Long.MAX_VALUE);
        if (tree.size() == last.size()) {
            return false;
        }
        handle.createUpdate(form
                .sql("insert into <checkpoints> (size, at, peaks, note) values (:size, :at, :peaks, :note)"))
                .bind("size", tree.size())
                .bind("at", now)
                .bind("peaks", tree.peaks())
                .bind("note", signer.sign(new Checkpoint(origin, tree.size(), tree.root())))
                .execute();
        return true;
    }

    /** The log as it is now, with who takes responsibility that it is behind its witness; for the witness alone. */
    String acknowledge(Handle handle, String why) {
        lock(handle);
        var tree = grown(handle, last(handle), Long.MAX_VALUE);
        return signer.sign(new Checkpoint(origin, tree.size(), tree.root(), Optional.of(why)));
    }

    /** In which way the log is not what the witness knows, in a sentence; empty when it is. */
    Optional<String> behind(Handle handle, String witnessed) {
        var known = signer.key().open(witnessed).filter(one -> one.origin().equals(origin));
        if (known.isEmpty()) {
            return Optional
                    .of("The witness's newest checkpoint is not signed with this installation's key for this log.");
        }
        var size = size(handle);
        if (size < known.get().size()) {
            return Optional.of("The log has %d entries, and its witness knows of %d."
                    .formatted(size, known.get().size()));
        }
        if (!newestIsThere(handle)) {
            return Optional.of("The newest entry that the log has a hash of is gone.");
        }
        try {
            return Arrays.equals(grown(handle, before(handle, known.get().size()), known.get().size()).root(),
                    known.get().root())
                            ? Optional.empty()
                            : Optional.of("The first %d entries of the log are not those that its witness knows."
                                    .formatted(known.get().size()));
        } catch (LogAlteredException altered) {
            return Optional.of(String.valueOf(altered.getMessage()));
        }
    }

    private boolean newestIsThere(Handle handle) {
        return handle.createQuery(form.sql("""
                select entry.id is not null from <leaves> leaf left join <entries> entry on entry.id = leaf.entry
                order by leaf.place desc limit 1"""))
                .mapTo(boolean.class)
                .findOne()
                .orElse(true);
    }

    /** Checkpoints of more entries than these, the oldest first. */
    List<String> notesAbove(Handle handle, long size) {
        return handle.createQuery(form.sql("select note from <checkpoints> where size > :size order by size"))
                .bind("size", size)
                .mapTo(String.class)
                .list();
    }

    Standing standing(Handle handle) {
        var entries = size(handle);
        return handle.createQuery(form.sql("select size, at from <checkpoints> order by size desc limit 1"))
                .map((row, context) -> new Standing(entries, row.getLong(1),
                        Optional.of(row.getTimestamp(2).toInstant())))
                .findOne()
                .orElse(new Standing(entries, 0, Optional.empty()));
    }

    /** One writer of leaves at a time, on any node. */
    private static void lock(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(hashtext('sluse-log'))");
    }

    private long size(Handle handle) {
        return handle.createQuery(form.sql("select coalesce(max(place) + 1, 0) from <leaves>")).mapTo(long.class).one();
    }

    private Signed last(Handle handle) {
        return before(handle, Long.MAX_VALUE);
    }

    /** The newest checkpoint of this many entries at most. */
    private Signed before(Handle handle, long most) {
        return handle.createQuery(form
                .sql("select size, peaks, note from <checkpoints> where size <= :most order by size desc limit 1"))
                .bind("most", most)
                .map((row, context) -> signed(row.getLong(1), row.getBytes(2), row.getString(3)))
                .findOne()
                .orElseGet(() -> new Signed(0, new MerkleRange(new TreeHasher())));
    }

    private Signed signed(long size, byte[] peaks, String note) {
        return signer.key()
                .open(note)
                .filter(one -> one.origin().equals(origin) && one.size() == size)
                .flatMap(one -> MerkleRange.of(new TreeHasher(), one, peaks))
                .map(tree -> new Signed(size, tree))
                .orElseThrow(() -> new LogAlteredException(
                        "The log's checkpoint of %d entries was altered.".formatted(size)));
    }

    private MerkleRange grown(Handle handle, Signed from, long to) {
        var tree = from.tree();
        try (var leaves = handle
                .createQuery(form.sql(
                        "select place, hash from <leaves> where place >= :from and place < :to order by place"))
                .bind("from", from.size())
                .bind("to", to)
                .setFetchSize(FETCHED)
                .map((row, context) -> {
                    if (row.getLong(1) != tree.size()) {
                        throw new LogAlteredException("The log has no hash of entry %d.".formatted(tree.size()));
                    }
                    return row.getBytes(2);
                })
                .iterator()) {
            leaves.forEachRemaining(tree::append);
        }
        return tree;
    }
}

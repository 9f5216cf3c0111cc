// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.sluse.proof.Checkpoint;
import org.sluse.proof.LogSigner;
import org.sluse.proof.MerkleRange;
import org.sluse.proof.TreeHasher;

/**
 * A log in its database: leaves, checkpoints, and whether they fit to what the witness has. A tree is begun at the newest checkpoint that opens: one that somebody altered is as if
 * it were not there, and the hashes are held against the witness anyway. Each method works in the transaction that it is given. Thread-safe.
 */
final class LogStore {

    /** How many entries are given their places in one transaction at most. */
    static final int PIECE = 5000;

    private static final int FETCHED = 1000;

    private final LogForm form;
    private final String origin;
    private final LogSigner signer;

    /** A row of the checkpoints. @param opened what was signed; empty when it was altered */
    private record Row(long size, String note, Optional<MerkleRange> opened) {}

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
            // One statement for all of them: one for each would keep the cluster as busy as the acts themselves.
            handle.createUpdate(form
                    .sql("""
                            insert into <leaves> (place, entry, form, hash) select :place + number - 1, entry, :form, decode(hash, 'hex')
                            from unnest(:entries, :hashes) with ordinality as new (entry, hash, number)"""))
                    .bind("place", size(handle))
                    .bind("form", LogForm.NUMBER)
                    .bindArray("entries", Long.class, leaves.stream().map(Leaf::entry).toList())
                    .bindArray("hashes", String.class,
                            leaves.stream().map(leaf -> HexFormat.of().formatHex(leaf.hash())).toList())
                    .execute();
        }
        return leaves.size();
    }

    /**
     * Signs what has come since the newest checkpoint. The leaves are read as others committed them, so that they are on the disk.
     *
     * @param witnessed the witness's last note, which the log was held against: of checkpoints of more entries some may be from before somebody acknowledged that the log went back
     * @return whether there was anything
     * @throws LogAlteredException when the log cannot be gone on with
     */
    boolean sign(Handle handle, Optional<String> witnessed, Instant now) {
        lock(handle);
        var most = size(handle);
        var tree = before(handle, witnessed.flatMap(this::known).map(Checkpoint::size).orElse(most));
        var size = tree.size();
        grow(handle, tree, most);
        if (tree.size() == size) {
            return false;
        }
        return handle.createUpdate(form
                .sql("insert into <checkpoints> (size, at, peaks, note) values (:size, :at, :peaks, :note) on conflict do nothing"))
                .bind("size", tree.size())
                .bind("at", now)
                .bind("peaks", tree.peaks())
                .bind("note", signer.sign(new Checkpoint(origin, tree.size(), tree.root())))
                .execute() > 0;
    }

    /**
     * The log as it is now, with who takes responsibility that it is behind its witness; for the witness alone. A place whose hash somebody deleted gets that of nothing, and is one
     * whose entry is gone from then on: otherwise no tree could ever stand on it.
     *
     * @param passed whether the witness has this checkpoint, and one of more entries behind it
     * @return notes, the oldest first: of a log that was brought back to its newest checkpoint and has gone on since, that one acknowledged, and the log as it is now. What the witness knows of the entries in between is of others
     */
    List<String> acknowledge(Handle handle, Predicate<Checkpoint> passed, String why) {
        lock(handle);
        var most = size(handle);
        handle.createUpdate(form.sql("""
                insert into <leaves> (place, entry, form, hash)
                select missing, -1 - missing, :form, :hash from generate_series(0, :most - 1) missing
                where not exists (select 1 from <leaves> leaf where leaf.place = missing)"""))
                .bind("form", LogForm.NUMBER)
                .bind("hash", new TreeHasher().leaf(new byte[0]))
                .bind("most", most)
                .execute();
        var tree = before(handle, most);
        var newest = new Checkpoint(origin, tree.size(), tree.root());
        grow(handle, tree, most);
        var now = new Checkpoint(origin, tree.size(), tree.root());
        return newest.size() < now.size() && newestIsThere(handle) && passed.test(newest)
                ? List.of(signer.sign(newest.acknowledged(why)), signer.sign(now))
                : List.of(signer.sign(now.acknowledged(why)));
    }

    /** In which way the log is not what the witness knows, in a sentence; empty when it is. */
    Optional<String> behind(Handle handle, String witnessed) {
        var known = known(witnessed);
        if (known.isEmpty()) {
            return Optional
                    .of("The witness's newest checkpoint is not signed with this installation's key for this log.");
        }
        var size = size(handle);
        if (size < known.get().size()) {
            return Optional.of("The log has %d entries, and its witness knows of %d."
                    .formatted(size, known.get().size()));
        }
        var isAcknowledged = known.get().acknowledged().isPresent() && known.get().size() == size;
        if (!isAcknowledged && !newestIsThere(handle)) {
            return Optional.of("The newest entry that the log has a hash of is gone.");
        }
        try {
            var tree = before(handle, known.get().size());
            grow(handle, tree, known.get().size());
            return Arrays.equals(tree.root(), known.get().root())
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

    /**
     * Checkpoints of more entries than these, the oldest first, as many at most; without what was altered, and what was signed before somebody acknowledged that the log went back.
     *
     * @throws LogAlteredException when the log has no tree
     */
    List<String> notesAbove(Handle handle, long size, int most) {
        var tree = before(handle, size);
        grow(handle, tree, size);
        var notes = new ArrayList<String>();
        try (var leaves = leaves(handle, tree, size(handle));
                var rows = handle
                        .createQuery(form
                                .sql("select size, peaks, note from <checkpoints> where size > :size order by size"))
                        .bind("size", size)
                        .setFetchSize(FETCHED)
                        .map((row, context) -> row(row))
                        .iterator()) {
            while (rows.hasNext() && notes.size() < most) {
                var row = rows.next();
                while (tree.size() < row.size() && leaves.hasNext()) {
                    tree.append(leaves.next());
                }
                if (row.opened().filter(one -> Arrays.equals(one.root(), tree.root())).isPresent()) {
                    notes.add(row.note());
                }
            }
        }
        return notes;
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

    /** What the witness's note says, when it is of this log and signed with its key. */
    private Optional<Checkpoint> known(String witnessed) {
        return signer.key().open(witnessed).filter(one -> one.origin().equals(origin));
    }

    /** The tree of the newest checkpoint that opens, of this many entries at most; the empty one when there is none. */
    private MerkleRange before(Handle handle, long most) {
        var below = most;
        while (true) {
            var newest = handle.createQuery(form.sql(
                    "select size, peaks, note from <checkpoints> where size <= :most order by size desc limit 1"))
                    .bind("most", below)
                    .map((row, context) -> row(row))
                    .findOne();
            if (newest.isEmpty()) {
                return new MerkleRange(new TreeHasher());
            }
            if (newest.get().opened().isPresent()) {
                return newest.get().opened().get();
            }
            below = newest.get().size() - 1;
        }
    }

    private Row row(ResultSet row) throws SQLException {
        var size = row.getLong("size");
        var peaks = row.getBytes("peaks");
        var note = row.getString("note");
        return new Row(size, note, known(note).filter(one -> one.size() == size)
                .flatMap(one -> MerkleRange.of(new TreeHasher(), one, peaks)));
    }

    /** Appends the log's hashes up to this many to the tree. */
    private void grow(Handle handle, MerkleRange tree, long to) {
        try (var leaves = leaves(handle, tree, to)) {
            leaves.forEachRemaining(tree::append);
        }
    }

    /** The hashes that follow on those of the tree; each is to be appended to it before the next one is asked for. */
    private ResultIterator<byte[]> leaves(Handle handle, MerkleRange tree, long to) {
        return handle
                .createQuery(form.sql(
                        "select place, hash from <leaves> where place >= :from and place < :to order by place"))
                .bind("from", tree.size())
                .bind("to", to)
                .setFetchSize(FETCHED)
                .map((row, context) -> {
                    if (row.getLong(1) != tree.size()) {
                        throw new LogAlteredException("The log has no hash of entry %d.".formatted(tree.size()));
                    }
                    return row.getBytes(2);
                })
                .iterator();
    }
}

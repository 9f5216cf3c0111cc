// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sluse.proof.LogKey;
import org.sluse.proof.ProofLines;

/** Writes a log as the file that proves it, {@link ProofLines}, as one snapshot of the database and without keeping it in memory. */
final class LogExport {

    private static final int FETCHED = 1000;

    private final LogForm form;
    private final String origin;
    private final LogKey key;

    private record Entry(long place, byte[] hash, Optional<byte[]> line) {}

    private record Signed(long size, byte[] line) {}

    LogExport(LogForm form, String origin, LogKey key) {
        this.form = form;
        this.origin = origin;
        this.key = key;
    }

    /** @param handle a transaction in which nothing was asked yet */
    void write(Handle handle, OutputStream target) throws IOException {
        handle.execute("set transaction isolation level repeatable read, read only");
        var out = new BufferedOutputStream(target, 1 << 16);
        line(out, ProofLines.head(origin, key));
        var written = 0L;
        try (var entries = handle.createQuery(form.sql("""
                select leaf.place, leaf.hash, leaf.form, <columns>, entry.id from <leaves> leaf
                left join <entries> entry on entry.id = leaf.entry order by leaf.place"""))
                .setFetchSize(FETCHED)
                .map((row, context) -> {
                    if (row.getInt(3) != LogForm.NUMBER) {
                        throw new IllegalStateException("No form " + row.getInt(3) + " of a log's lines is known");
                    }
                    var isThere = row.getObject(row.getMetaData().getColumnCount()) != null;
                    return new Entry(row.getLong(1), row.getBytes(2),
                            isThere ? Optional.of(form.line(row, 4)) : Optional.empty());
                })
                .iterator();
                var checkpoints = handle
                        .createQuery(form.sql("select size, peaks, note from <checkpoints> order by size"))
                        .setFetchSize(FETCHED)
                        .map((row, context) -> new Signed(row.getLong(1),
                                ProofLines.checkpoint(row.getLong(1), row.getBytes(2), row.getString(3))))
                        .iterator()) {
            var next = next(checkpoints);
            while (entries.hasNext()) {
                var entry = entries.next();
                line(out, ProofLines.entry(entry.place(), entry.hash(), entry.line()));
                written++;
                while (next.isPresent() && next.get().size() <= entry.place() + 1) {
                    line(out, next.get().line());
                    next = next(checkpoints);
                }
            }
            while (next.isPresent()) {
                line(out, next.get().line());
                next = next(checkpoints);
            }
        }
        line(out, ProofLines.end(written, unproved(handle)));
        out.flush();
    }

    private static Optional<Signed> next(Iterator<Signed> checkpoints) {
        return checkpoints.hasNext() ? Optional.of(checkpoints.next()) : Optional.empty();
    }

    /** Younger than a second, as a rule. */
    private long unproved(Handle handle) {
        return handle.createQuery(form
                .sql("""
                        select count(*) from <entries> entry
                        where entry.at > now() - interval '1 hour' and not exists (select 1 from <leaves> leaf where leaf.entry = entry.id)"""))
                .mapTo(long.class)
                .one();
    }

    private static void line(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        out.write('\n');
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sluse.proof.Finding.Kind;

/**
 * What the witness has of a log, read twice from its beginning: first to see where somebody acknowledged that the log went back, then in step with the log. A signature is looked at
 * where the log's own checkpoint does not say the same. For one thread; to be closed.
 */
final class Witnessed implements AutoCloseable {

    private final LogKey key;
    private final String origin;
    private final Consumer<Finding> found;
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final Stream<String> stream;
    private final Iterator<String> notes;
    private long newest;
    private String newestNote = "";
    private long read;
    private @Nullable String waiting;

    /** @param line of the witness, counted from 0 */
    private record Acknowledged(long line, long from, long size, String why) {}

    /** @param witness its notes, oldest first; asked for twice @param found told what is wrong in the witness itself */
    Witnessed(LogKey key, String origin, Supplier<Stream<String>> witness, Consumer<Finding> found) {
        this.key = key;
        this.origin = origin;
        this.found = found;
        try (var all = witness.get()) {
            var line = 0L;
            for (var note : (Iterable<String>) all::iterator) {
                look(line++, note);
            }
        }
        this.stream = witness.get();
        this.notes = stream.iterator();
    }

    private void look(long line, String note) {
        var checkpoint = body(note);
        if (checkpoint.isEmpty() || checkpoint.get().acknowledged().isPresent() && key.open(note).isEmpty()) {
            forged(newest);
            return;
        }
        var size = checkpoint.get().size();
        if (checkpoint.get().acknowledged().isPresent()) {
            acknowledged.add(new Acknowledged(line, newest, size, checkpoint.get().acknowledged().get()));
        } else if (size < newest) {
            found.accept(new Finding(Kind.ROLLED_BACK, size, newest,
                    ("The witness has a checkpoint of %d entries behind one of %d,"
                            + " and nobody has acknowledged that the log went back.").formatted(size, newest)));
            return;
        }
        newest = size;
        newestNote = note;
    }

    /** What a note says, whoever signed it. */
    private Optional<Checkpoint> body(String note) {
        return Checkpoint.parse(note.substring(0, note.indexOf("\n\n") + 1))
                .filter(one -> one.origin().equals(origin));
    }

    /**
     * The root of this size, if the witness has one and it was not passed yet. Sizes are asked for in ascending order.
     *
     * @param known what the log's own checkpoint says, whose signature was verified
     */
    Optional<byte[]> at(long size, Optional<Checkpoint> known) {
        while (true) {
            if (waiting == null) {
                if (!notes.hasNext()) {
                    return Optional.empty();
                }
                waiting = notes.next();
                read++;
            }
            var checkpoint = body(waiting).filter(one -> isInForce(read - 1, one));
            if (checkpoint.isPresent() && checkpoint.get().size() > size) {
                return Optional.empty();
            }
            var note = waiting;
            waiting = null;
            if (checkpoint.isPresent() && checkpoint.get().size() == size) {
                var root = checkpoint.get().root();
                if (known.filter(one -> Arrays.equals(one.root(), root)).isEmpty() && key.open(note).isEmpty()) {
                    forged(size);
                    continue;
                }
                return Optional.of(root);
            }
        }
    }

    private boolean isInForce(long line, Checkpoint checkpoint) {
        return acknowledged.stream().noneMatch(one -> one.line() > line && checkpoint.size() >= one.size());
    }

    private void forged(long size) {
        found.accept(Finding.at(Kind.CHECKPOINT, size,
                "The witness has a checkpoint that is not signed with the log's key, at %d entries.".formatted(size)));
    }

    /** How many entries it knows of. */
    long newest() {
        return newest > 0 && key.open(newestNote).isEmpty() ? 0 : newest;
    }

    List<String> acknowledgements() {
        return acknowledged.stream()
                .map(one -> "From %d entries back to %d: %s".formatted(one.from(), one.size(), one.why()))
                .toList();
    }

    @Override
    public void close() {
        stream.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.proof.Finding.Kind;

/** Alterations of logs, each of its own seed: all are found, where they are; and no clean log is accused. {@code -Dsluse.alterations=10000} is the campaign (docs/campaigns). */
class AlteredLogsTest {

    private static final int ALTERATIONS = Integer.getInteger("sluse.alterations", 2_000);
    private static final int CLEAN = ALTERATIONS / 10;
    /** Each is altered many times: signing is slow. */
    private static final List<PaperLog> LOGS = IntStream.range(0, 200)
            .mapToObj(seed -> PaperLog.of(2 + new Random(seed).nextInt(60), new Random(seed)))
            .toList();

    /** What somebody does to a log who may write its tables: to the entries alone, or to their hashes as well. */
    private enum Way {
        EDIT, EDIT_BOTH, EDIT_HASH, DELETE, DELETE_BOTH, INSERT, REORDER, REORDER_BOTH, TRUNCATE, ROLL_BACK, FORGE
    }

    /** @param kinds as which it may be found @param first, last where it was done */
    private record Altered(PaperLog log, Set<Kind> kinds, long first, long last) {}

    @Test
    void every_alteration_is_found_where_it_is() {
        var missed = new ArrayList<String>();
        Map<Way, Integer> tried = new EnumMap<>(Way.class);

        for (var seed = 0; seed < ALTERATIONS; seed++) {
            var random = new Random(seed);
            var way = Way.values()[seed % Way.values().length];
            var altered = alter(LOGS.get(random.nextInt(LOGS.size())).copy(), way, random);
            var found = altered.log().verify().findings();
            if (found.stream()
                    .noneMatch(one -> altered.kinds().contains(one.kind()) && one.from() <= altered.last()
                            && one.to() >= altered.first())) {
                missed.add(
                        way + " with seed " + seed + " at " + altered.first() + " to " + altered.last() + ": " + found);
            }
            tried.merge(way, 1, Integer::sum);
        }

        assertThat(missed).isEmpty();
        assertThat(tried.values()).allMatch(times -> times > ALTERATIONS / Way.values().length - 2);
    }

    @Test
    void no_clean_log_is_accused() {
        for (var seed = 0; seed < CLEAN; seed++) {
            var random = new Random(seed);
            assertThat(PaperLog.of(random.nextInt(120), random).verify().findings()).as("seed %d", seed).isEmpty();
        }
    }

    private static Altered alter(PaperLog log, Way way, Random random) {
        var rows = log.rows;
        var size = rows.size();
        var at = random.nextInt(size);
        var other = (at + 1 + random.nextInt(size - 1)) % size;
        var row = rows.get(at);
        switch (way) {
            case EDIT ->
                rows.set(at, new PaperLog.Row(row.hash(), Optional.of(edited(row.entry().orElseThrow(), random))));
            case EDIT_BOTH -> rows.set(at, PaperLog.Row.of(edited(row.entry().orElseThrow(), random)));
            case EDIT_HASH -> rows.set(at, new PaperLog.Row(edited(row.hash(), random), row.entry()));
            case DELETE -> rows.set(at, new PaperLog.Row(row.hash(), Optional.empty()));
            case DELETE_BOTH -> rows.remove(at);
            case INSERT -> rows.add(at, PaperLog.Row.of(PaperLog.text(random.nextInt(), random)));
            case REORDER -> {
                rows.set(at, new PaperLog.Row(row.hash(), rows.get(other).entry()));
                rows.set(other, new PaperLog.Row(rows.get(other).hash(), row.entry()));
            }
            case REORDER_BOTH -> Collections.swap(rows, at, other);
            case TRUNCATE -> rows.subList(at, size).clear();
            case ROLL_BACK -> {
                rows.subList(at, size).clear();
                log.points.removeIf(point -> point.size() > at);
            }
            case FORGE -> {
                var point = log.points.get(random.nextInt(log.points.size()));
                var forged = new String(
                        edited(point.note().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), random),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
                log.points.set(log.points.indexOf(point), new PaperLog.Point(point.size(), point.peaks(),
                        forged.replace("\n", "_") + "\n"));
                return new Altered(log, Set.of(Kind.CHECKPOINT, Kind.DAMAGED), 0, size);
            }
        }
        return new Altered(log, kinds(way), Math.min(at, way == Way.REORDER_BOTH ? other : at),
                way == Way.REORDER_BOTH ? Math.max(at, other) : way == Way.DELETE_BOTH ? size : at);
    }

    private static Set<Kind> kinds(Way way) {
        return switch (way) {
            case EDIT, EDIT_HASH -> Set.of(Kind.EDITED);
            case EDIT_BOTH -> Set.of(Kind.REWRITTEN);
            case DELETE -> Set.of(Kind.DELETED);
            // In the newest piece it looks as if the last one had been cut off.
            case DELETE_BOTH -> Set.of(Kind.DELETED, Kind.TRUNCATED);
            case INSERT -> Set.of(Kind.INSERTED);
            case REORDER -> Set.of(Kind.REORDERED);
            case REORDER_BOTH -> Set.of(Kind.REORDERED, Kind.REWRITTEN);
            case TRUNCATE -> Set.of(Kind.TRUNCATED);
            case ROLL_BACK -> Set.of(Kind.ROLLED_BACK);
            case FORGE -> Set.of(Kind.CHECKPOINT);
        };
    }

    private static byte[] edited(byte[] bytes, Random random) {
        var copy = bytes.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(7));
        return copy;
    }
}

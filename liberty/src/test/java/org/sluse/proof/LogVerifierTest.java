// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sluse.proof.Finding.Kind;

class LogVerifierTest {

    private final Random random = new Random(4);
    private final PaperLog log = fixed(20, 5, 12, 20);

    @Test
    void an_untouched_log_is_proved() {
        var verdict = log.verify();

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.isProved()).isTrue();
        assertThat(verdict.entries()).isEqualTo(20);
        assertThat(verdict.proved()).isEqualTo(20);
        assertThat(verdict.checkpoints()).isEqualTo(3);
        assertThat(verdict.origin()).isEqualTo("sluse.example/clinic/north");
    }

    @Test
    void an_empty_log_is_proved() {
        assertThat(fixed(0).verify().isProved()).isTrue();
    }

    @Test
    void what_is_younger_than_the_newest_checkpoint_is_not_proved_yet() {
        log.rows.add(PaperLog.Row.of("{\"young\":1}"));

        assertThat(log.verify().findings()).isEmpty();
        assertThat(log.verify().proved()).isEqualTo(20);
    }

    @Test
    void an_edited_entry_is_named() {
        log.rows.set(7, new PaperLog.Row(log.rows.get(7).hash(), Optional.of("{}".getBytes(StandardCharsets.UTF_8))));

        assertThat(found()).containsExactly("EDITED 7 7 Entry 7 was edited.");
    }

    @Test
    void an_edited_hash_is_told_from_an_edited_entry() {
        log.rows.set(7, new PaperLog.Row(new byte[32], log.rows.get(7).entry()));

        assertThat(found())
                .containsExactly("EDITED 7 7 The hash of entry 7 was edited; the entry is as it was signed.");
    }

    @Test
    void an_entry_edited_together_with_its_hash_is_found_between_two_checkpoints() {
        log.rows.set(7, PaperLog.Row.of("{}"));

        assertThat(found()).containsExactly(
                "REWRITTEN 5 11 Entries 5 to 11: not what was signed; edited, exchanged or replaced together with their hashes.");
    }

    @Test
    void a_deleted_entry_is_named() {
        log.rows.set(7, new PaperLog.Row(log.rows.get(7).hash(), Optional.empty()));

        assertThat(found()).containsExactly("DELETED 7 7 Entry 7 was deleted; its hash is still there.");
    }

    @Test
    void an_entry_deleted_together_with_its_hash_is_found_though_the_others_were_moved() {
        log.rows.remove(7);

        assertThat(found()).containsExactly(
                "DELETED 5 11 Entries 5 to 11: 1 of them were deleted, and those behind them were moved.");
    }

    @Test
    void an_entry_deleted_together_with_its_place_is_named() {
        var lines = lines(log.file());
        lines.removeIf(line -> line.startsWith("{\"index\":7,"));

        assertThat(found(lines)).contains("DELETED 7 7 Entry 7: nothing is left of what was there.");
    }

    @Test
    void an_inserted_entry_is_named_though_the_others_were_moved() {
        log.rows.add(7, PaperLog.Row.of("{}"));

        assertThat(found()).containsExactly("INSERTED 7 7 Entry 7 was inserted, and those behind it were moved.");
    }

    @Test
    void an_entry_inserted_into_the_newest_piece_is_named() {
        log.rows.add(15, PaperLog.Row.of("{}"));

        assertThat(found()).containsExactly("INSERTED 15 15 Entry 15 was inserted, and those behind it were moved.");
    }

    @Test
    void entries_that_changed_places_are_named() {
        var seventh = log.rows.get(7).entry();
        log.rows.set(7, new PaperLog.Row(log.rows.get(7).hash(), log.rows.get(9).entry()));
        log.rows.set(9, new PaperLog.Row(log.rows.get(9).hash(), seventh));

        assertThat(found()).containsExactly("REORDERED 7 7 Entry 7 is the one that belongs at 9.",
                "REORDERED 9 9 Entry 9 is the one that belongs at 7.");
    }

    @Test
    void entries_that_changed_places_together_with_their_hashes_are_named() {
        Collections.swap(log.rows, 7, 9);

        assertThat(found()).containsExactly("REORDERED 7 9 Entries 7 and 9 have changed places.");
    }

    @Test
    void lines_that_changed_places_in_the_file_are_named() {
        var lines = lines(log.file());
        Collections.swap(lines, 8, 9);

        assertThat(found(lines)).contains("REORDERED 6 6 Entry 6 stands behind a later one.");
    }

    @Test
    void a_line_put_into_the_file_is_named() {
        var lines = lines(log.file());
        lines.add(9, lines.get(4));

        assertThat(found(lines)).containsExactly("INSERTED 3 3 Entry 3 is there twice; one was inserted.");
    }

    @Test
    void cut_off_entries_are_counted() {
        log.rows.subList(17, 20).clear();

        assertThat(found()).containsExactly("TRUNCATED 17 19 Entries 17 to 19: cut off; a checkpoint counts 20.");
    }

    @Test
    void a_log_that_was_rolled_back_is_behind_its_witness() {
        log.rows.subList(12, 20).clear();
        log.points.removeLast();

        assertThat(found()).containsExactly(
                "ROLLED_BACK 12 19 The log is as it was when it had 12 entries; the witness knows one of 20.");
        assertThat(PaperLog.verify(log.file(), List.of()).isProved()).as("without the witness nobody can tell")
                .isTrue();
    }

    @Test
    void a_file_of_an_earlier_day_is_older_than_its_witness_and_not_rolled_back() throws IOException {
        log.rows.subList(12, 20).clear();
        log.points.removeLast();

        var verdict = LogProof.verify(new ByteArrayInputStream(log.file()), LogProof.Age.PAST, Optional.empty(),
                log.witness::stream, _ -> {
                });

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.proved()).isEqualTo(12);
    }

    @Test
    void a_roll_back_that_somebody_acknowledged_is_told_and_no_finding() {
        log.rows.subList(12, 20).clear();
        log.points.removeLast();
        log.witness.add(PaperLog.SIGNER.sign(new Checkpoint(PaperLog.ORIGIN, 12, root(12),
                Optional.of("2026-11-27T10:00:00Z Restored"))));

        assertThat(log.verify().findings()).isEmpty();
        assertThat(log.verify().acknowledged())
                .containsExactly("From 20 entries back to 12: 2026-11-27T10:00:00Z Restored");
    }

    @Test
    void a_log_that_was_written_anew_and_signed_again_is_not_the_witnesss() {
        var other = fixed(20, 5, 12, 20);
        other.witness.clear();
        other.witness.addAll(log.witness);

        assertThat(found(other)).contains(
                "CHECKPOINT 5 5 The checkpoint of 5 entries has another root than the witness's: the log was written anew and signed again.");
    }

    @Test
    void a_checkpoint_of_another_key_is_none() {
        log.points.set(1, new PaperLog.Point(12, log.points.get(1).peaks(),
                LogSigner.make("sluse.example").sign(new Checkpoint(PaperLog.ORIGIN, 12, root(12)))));

        assertThat(found()).containsExactly(
                "CHECKPOINT 12 12 The checkpoint of 12 entries is not signed with the log's key.");
    }

    @Test
    void a_log_of_another_key_is_not_the_one_that_is_known() throws IOException {
        var known = LogSigner.make("sluse.example").key();

        var verdict = LogProof.verify(new ByteArrayInputStream(log.file()), LogProof.Age.CURRENT, Optional.of(known),
                log.witness::stream,
                _ -> {
                });

        assertThat(verdict.findings()).extracting(Finding::kind).contains(Kind.CHECKPOINT);
        assertThat(verdict.findings().getFirst().sentence()).startsWith("The log names the key ");
    }

    @Test
    void a_file_that_is_cut_off_is_damaged() {
        var file = log.file();
        var cut = java.util.Arrays.copyOf(file, file.length / 2);

        assertThat(PaperLog.verify(cut, List.of()).findings()).extracting(Finding::kind).contains(Kind.DAMAGED);
        assertThat(PaperLog.verify(new byte[0], List.of()).findings()).extracting(Finding::kind)
                .containsExactly(Kind.DAMAGED);
        assertThat(PaperLog.verify("x\n".getBytes(StandardCharsets.UTF_8), List.of()).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.DAMAGED);
    }

    @Test
    void an_alteration_does_not_hide_a_later_one() {
        log.rows.set(7, PaperLog.Row.of("{}"));
        log.rows.set(15, new PaperLog.Row(log.rows.get(15).hash(), Optional.empty()));

        assertThat(found()).hasSize(2).first().asString().startsWith("REWRITTEN 5 11");
    }

    private PaperLog fixed(int entries, int... sizes) {
        var made = new PaperLog();
        var tree = new MerkleRange(new TreeHasher());
        for (var index = 0; index < entries; index++) {
            made.rows.add(PaperLog.Row.of(PaperLog.text(index, random)));
            tree.append(made.rows.getLast().hash());
            for (var size : sizes) {
                if (size == index + 1) {
                    var note = PaperLog.SIGNER.sign(new Checkpoint(PaperLog.ORIGIN, size, tree.root()));
                    made.points.add(new PaperLog.Point(size, tree.peaks(), note));
                    made.witness.add(note);
                }
            }
        }
        return made;
    }

    private byte[] root(int size) {
        var tree = new MerkleRange(new TreeHasher());
        log.rows.subList(0, size).forEach(row -> tree.append(row.hash()));
        return tree.root();
    }

    private List<String> found() {
        return found(log);
    }

    private static List<String> found(PaperLog log) {
        return words(log.verify());
    }

    private List<String> found(List<String> lines) {
        return words(PaperLog.verify((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8), log.witness));
    }

    private static List<String> words(Verdict verdict) {
        return verdict.findings()
                .stream()
                .map(one -> one.kind() + " " + one.from() + " " + one.to() + " " + one.sentence())
                .toList();
    }

    private static List<String> lines(byte[] file) {
        return new ArrayList<>(new String(file, StandardCharsets.UTF_8).lines().toList());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** C2SP signed-note and tlog-checkpoint. */
class LogKeyTest {

    /** From the documentation of Go's {@code golang.org/x/mod/sumdb/note}: what another program has signed. */
    private static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String WORDS = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private static final String NOTE = WORDS
            + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private final LogSigner signer = LogSigner.make("sluse.example");
    private final Checkpoint checkpoint = new Checkpoint("sluse.example/clinic/north", 42, new byte[32]);

    @Test
    void reads_what_another_program_has_signed() {
        assertThat(LogKey.parse(PETER).orElseThrow().signed(NOTE)).contains(WORDS);
        assertThat(LogKey.parse(PETER).orElseThrow().signed(NOTE.replace("answer", "question"))).isEmpty();
    }

    @Test
    void signs_as_another_program_does() {
        var peter = LogSigner.parse(SECRET + "\n" + PETER + "\n").orElseThrow();

        assertThat(peter.secretText()).isEqualTo(SECRET + "\n" + PETER + "\n");
        assertThat(peter.key().open(peter.sign(checkpoint))).isPresent();
    }

    @Test
    void a_checkpoint_is_three_lines_and_a_signature() {
        var note = signer.sign(checkpoint);

        assertThat(note).startsWith(
                "sluse.example/clinic/north\n42\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— sluse.example ")
                .endsWith("\n");
        assertThat(signer.key().open(note).orElseThrow().size()).isEqualTo(42);
    }

    @Test
    void a_checkpoint_may_say_who_takes_responsibility_for_it() {
        var acknowledged = new Checkpoint("o", 1, new byte[32], Optional.of("2026-11-27T10:00:00Z A restore"));

        assertThat(signer.key().open(signer.sign(acknowledged)).orElseThrow().acknowledged())
                .contains("2026-11-27T10:00:00Z A restore");
    }

    @Test
    void an_altered_note_is_nobodys() {
        var note = signer.sign(checkpoint);
        var key = signer.key();

        assertThat(key.open(note.replace("42", "43"))).isEmpty();
        assertThat(key.open(note.replace("north", "south"))).isEmpty();
        assertThat(key.open(note.replaceFirst("\n\n", "\n"))).isEmpty();
        assertThat(key.open("")).isEmpty();
        assertThat(LogSigner.make("sluse.example").key().open(note)).isEmpty();
    }

    @Test
    void a_key_is_read_back_from_its_text_and_no_other_text_is_one() {
        var text = signer.key().toString();

        assertThat(LogKey.parse(text)).contains(signer.key());
        assertThat(LogKey.parse(text.replaceFirst("sluse", "slase"))).isEmpty();
        assertThat(LogKey.parse("sluse.example+00000000+AQ")).isEmpty();
        assertThat(LogKey.parse("")).isEmpty();
        assertThat(LogSigner.parse(signer.secretText()).orElseThrow().key()).isEqualTo(signer.key());
        assertThat(LogSigner.parse(signer.secretText().lines().findFirst().orElseThrow() + "\n"
                + LogSigner.make("sluse.example").key() + "\n")).isEmpty();
    }

    @Test
    void a_signer_that_is_printed_shows_no_secret() {
        assertThat(signer.toString()).isEqualTo("LogSigner[" + signer.key() + "]");
    }
}

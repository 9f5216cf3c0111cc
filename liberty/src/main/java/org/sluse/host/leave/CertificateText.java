// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import org.sluse.host.leave.Certificate.Document;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/** A certificate as plain text, for people. What is signed is the JSON. */
final class CertificateText {

    private final StringBuilder text = new StringBuilder();
    private final Texts texts;
    private final Language language;

    private CertificateText(Texts texts, Language language) {
        this.texts = texts;
        this.language = language;
    }

    static String of(Certificate certificate, Document says, Texts texts, Language language) {
        var made = new CertificateText(texts, language);
        made.heading(made.word("title"));
        made.row("clinic", says.clinic() + " (" + says.tenant() + ")");
        made.row("location", says.location());
        made.row("asked-by", says.askedBy() + ", " + says.askedAt());
        made.row("confirmed-by", says.confirmedBy() + ", " + says.begunAt());
        made.row("issued", certificate.issuedAt().toString());
        made.row("number", certificate.id().toString());
        made.destroyed(says.destroyed());
        made.heading(made.word("kept"));
        says.kept().forEach(word -> made.line(made.word("kept." + word) + ": " + made.word("kept." + word + "-why")));
        made.heading(made.word("signature"));
        made.line(certificate.signature());
        return made.text.toString();
    }

    private void destroyed(Inventory what) {
        heading(word("destroyed"));
        row("database", what.rows() + ", " + what.tables().size() + ", " + what.bytes());
        what.tables().forEach(table -> line("  " + table.schema() + "." + table.name() + ": " + table.rows()));
        what.keys().forEach(key -> row("key", key.version() + ", SHA-256 " + key.sha256()));
        row("person-keys", String.valueOf(what.personKeys()));
        what.log().ifPresent(log -> row("log", log.entries() + "\n" + log.checkpoint().strip()));
        row("key-copies", String.valueOf(what.stored().keyCopies()));
        row("backups", String.valueOf(what.stored().backups()));
    }

    private void row(String key, String value) {
        line(word(key) + ": " + value);
    }

    private void heading(String words) {
        line("");
        line(words);
        line("-".repeat(words.length()));
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private String word(String key) {
        return texts.text(Texts.KIT, "leave.certificate." + key, language);
    }
}

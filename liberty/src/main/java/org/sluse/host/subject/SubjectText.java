// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import java.util.Map;
import org.sluse.host.subject.Subjects.Export;
import org.sluse.host.subject.Subjects.ModuleExport;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/** An export as plain text, for people. */
final class SubjectText {

    private final StringBuilder text = new StringBuilder();
    private final Texts texts;
    private final Language language;

    private SubjectText(Texts texts, Language language) {
        this.texts = texts;
        this.language = language;
    }

    static String of(Export export, Texts texts, Language language) {
        var text = new SubjectText(texts, language);
        text.heading('=', export.clinic() + ", " + export.at());
        export.modules().forEach(text::module);
        text.heading('=', text.word("subject.accesses"));
        export.accesses()
                .forEach(one -> text
                        .line(one.at() + "  " + text.word("audit.actor." + one.actorKind()) + " " + one.actor()
                                + ": " + text.word("audit.action." + one.action()) + ", " + one.objectType()));
        text.heading('=', text.word("subject.disclosures"));
        export.disclosures()
                .forEach(one -> text
                        .line(one.at() + "  " + one.recipient() + ": " + String.join(", ", one.categories())));
        export.notSearched()
                .forEach(one -> text.line("\n" + one.module() + " (" + one.rows() + "): " + one.why()));
        return text.text.toString();
    }

    private void module(ModuleExport module) {
        heading('=', module.name());
        module.parts().forEach(part -> {
            heading('-', part.purpose() + " (" + part.table() + ")");
            part.rows().forEach(this::row);
        });
    }

    private void row(Map<String, String> row) {
        row.forEach((column, value) -> line(column + ": " + value));
        line("");
    }

    private void heading(char under, String words) {
        line("");
        line(words);
        line(String.valueOf(under).repeat(words.length()));
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private String word(String key) {
        return texts.text(Texts.KIT, key, language);
    }
}

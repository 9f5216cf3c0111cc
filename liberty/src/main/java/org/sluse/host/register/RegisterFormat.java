// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sluse.host.register.RegisterView.ActivityRow;
import org.sluse.host.register.RegisterView.ActivityText;
import org.sluse.host.register.RegisterView.RecipientRow;
import org.sluse.host.text.Csv;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/** The register for reading in a terminal and in a spreadsheet. */
public final class RegisterFormat {

    private static final List<String> COLUMNS = List.of("module", "purpose", "subjects", "data", "retention",
            "recipient", "address", "country", "service", "processing",
            "legalBasis", "transfer");

    private RegisterFormat() {
    }

    /** Comma-separated (RFC 4180), with a heading; a line for each recipient, and one for an activity without any. */
    public static String csv(RegisterView register) {
        var nothing = new ActivityRow("", "", new ActivityText("", "", "", ""), "", register.always());
        var lines = Stream.concat(register.always().isEmpty() ? Stream.<ActivityRow>empty() : Stream.of(nothing),
                register.rows().stream())
                .flatMap(row -> (row.recipients().isEmpty()
                        ? List.of(new RecipientRow("", "", "", "", "", row.legalBasis(), true, Optional.empty()))
                        : row.recipients()).stream()
                        .map(to -> List.of(row.moduleName(), row.activity().purpose(), row.activity().subjects(),
                                row.activity().data(), row.activity().retention(), to.name(), to.address(),
                                to.country(), to.service(), to.processing(), to.legalBasis(),
                                to.transfer().orElse(""))));
        return Csv.table(COLUMNS, lines);
    }

    /** Paragraphs of plain text. */
    public static String text(RegisterView register, Texts texts, Language language) {
        var text = new StringBuilder(register.tenant()).append('\n');
        controller(text, register, texts, language);
        if (register.always().isEmpty() && register.rows().stream().allMatch(row -> row.recipients().isEmpty())) {
            text.append(texts.text(Texts.KIT, "disclosure.none", language)).append('\n');
        }
        for (var row : register.rows()) {
            text.append('\n').append(row.moduleName()).append('\n');
            line(text, "register.purpose", row.activity().purpose(), texts, language);
            line(text, "register.subjects", row.activity().subjects(), texts, language);
            line(text, "register.data", row.activity().data(), texts, language);
            line(text, "register.retention", row.activity().retention(), texts, language);
            line(text, "register.legalBasis", row.legalBasis(), texts, language);
            row.recipients().forEach(to -> recipient(text, to, texts, language));
        }
        if (!register.always().isEmpty()) {
            text.append('\n').append(texts.text(Texts.KIT, "register.always", language)).append('\n');
            register.always().forEach(to -> recipient(text, to, texts, language));
        }
        if (!register.measures().isEmpty()) {
            text.append('\n').append(texts.text(Texts.KIT, "register.measures", language)).append('\n');
            register.measures().forEach(measure -> text.append("  ").append(measure).append('\n'));
        }
        return text.toString();
    }

    private static void controller(StringBuilder text, RegisterView register, Texts texts, Language language) {
        var controller = register.controller();
        line(text, "register.controller.name", controller.name(), texts, language);
        line(text, "register.controller.address", controller.address(), texts, language);
        line(text, "register.controller.contact", controller.contact(), texts, language);
        line(text, "register.controller.representative", controller.representative(), texts, language);
        line(text, "register.controller.officer", controller.officer(), texts, language);
    }

    private static void recipient(StringBuilder text, RecipientRow to, Texts texts, Language language) {
        line(text, "register.recipient", to.name() + ", " + to.address() + ", " + to.country(), texts, language);
        line(text, "register.service", to.service(), texts, language);
        line(text, "register.processing", to.processing(), texts, language);
        if (!to.insideEea()) {
            line(text, "register.transfer",
                    to.transfer().orElseGet(() -> texts.text(Texts.KIT, "register.transfer.none", language)), texts,
                    language);
        }
    }

    private static void line(StringBuilder text, String label, String value, Texts texts, Language language) {
        if (value.isEmpty()) {
            return;
        }
        text.append("  ").append(texts.text(Texts.KIT, label, language)).append(": ").append(value).append('\n');
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.util.List;
import java.util.stream.Collectors;
import org.sluse.host.register.Register.RecipientRow;
import org.sluse.host.register.Register.RegisterView;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/** The register for reading in a terminal and in a spreadsheet. */
public final class RegisterFormat {

    private static final List<String> COLUMNS = List.of("module", "purpose", "subjects", "data", "retention",
            "recipient", "address", "country", "service", "processing",
            "legalBasis");

    private RegisterFormat() {
    }

    /** Comma-separated (RFC 4180), with a heading; a line for each recipient, and one for an activity without any. */
    public static String csv(RegisterView register) {
        var lines = register.rows()
                .stream()
                .flatMap(row -> (row.recipients().isEmpty()
                        ? List.of(new RecipientRow("", "", "", "", "", row.legalBasis()))
                        : row.recipients()).stream()
                        .map(to -> List.of(row.moduleName(), row.activity().purpose(), row.activity().subjects(),
                                row.activity().data(), row.activity().retention(), to.name(),
                                to.address(), to.country(), to.service(), to.processing(), to.legalBasis())));
        return COLUMNS.stream().collect(Collectors.joining(",", "", "\r\n"))
                + lines.map(
                        line -> line.stream().map(RegisterFormat::quoted).collect(Collectors.joining(",", "", "\r\n")))
                        .collect(Collectors.joining());
    }

    /** A value that begins like a formula is kept from being one. */
    private static String quoted(String value) {
        var harmless = value.isEmpty() || "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }

    /** Paragraphs of plain text. */
    public static String text(RegisterView register, Texts texts, Language language) {
        var text = new StringBuilder(register.tenant()).append('\n');
        if (register.rows().stream().allMatch(row -> row.recipients().isEmpty())) {
            text.append(texts.text(Texts.KIT, "disclosure.none", language)).append('\n');
        }
        for (var row : register.rows()) {
            text.append('\n').append(row.moduleName()).append('\n');
            line(text, "register.purpose", row.activity().purpose(), texts, language);
            line(text, "register.subjects", row.activity().subjects(), texts, language);
            line(text, "register.data", row.activity().data(), texts, language);
            line(text, "register.retention", row.activity().retention(), texts, language);
            line(text, "register.legalBasis", row.legalBasis(), texts, language);
            for (var to : row.recipients()) {
                line(text, "register.recipient", to.name() + ", " + to.address() + ", " + to.country(), texts,
                        language);
                line(text, "register.service", to.service(), texts, language);
                line(text, "register.processing", to.processing(), texts, language);
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value, Texts texts, Language language) {
        text.append("  ").append(texts.text(Texts.KIT, label, language)).append(": ").append(value).append('\n');
    }
}

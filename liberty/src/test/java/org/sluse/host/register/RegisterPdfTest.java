// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import org.sluse.host.register.RegisterView.ActivityRow;
import org.sluse.host.register.RegisterView.ActivityText;
import org.sluse.host.register.RegisterView.ProofView;
import org.sluse.host.register.RegisterView.RecipientRow;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.testkit.ManualClock;

class RegisterPdfTest {

    private static final int MANY = 60;

    private final Texts texts = new Texts();

    @ParameterizedTest
    @EnumSource
    void every_row_can_be_read_in_every_language_with_its_letters(Language language) throws IOException {
        var bytes = RegisterPdf.of(register(), texts, language);
        // For people to look at.
        Files.write(Files.createDirectories(Path.of("target/it")).resolve("register-" + language.code() + ".pdf"),
                bytes);

        try (var reader = new PdfReader(bytes)) {
            var words = text(reader);
            assertThat(words)
                    .contains("Ærø Åsgård", "Straße Übermut", texts.text(Texts.KIT, "register.recipients", language))
                    .doesNotContain("register.");
            IntStream.rangeClosed(1, MANY).forEach(i -> assertThat(words).contains("Recipient " + i + " "));
            assertThat(reader.getNumberOfPages()).isGreaterThan(1);
            assertThat(reader.getInfo().get("Title")).endsWith(": Clinic North");
            assertThat(reader.getCatalog().get(PdfName.LANG)).hasToString(language.code());
        }
    }

    private static String text(PdfReader reader) throws IOException {
        var extractor = new PdfTextExtractor(reader);
        var words = new StringBuilder();
        for (var page = 1; page <= reader.getNumberOfPages(); page++) {
            words.append(extractor.getTextFromPage(page)).append('\n');
        }
        return words.toString().replaceAll("\\s+", " ");
    }

    private static RegisterView register() {
        var recipients = IntStream.rangeClosed(1, MANY)
                .mapToObj(i -> new RecipientRow("Recipient " + i + " AS", "Street " + i, i % 2 == 0 ? "US" : "NO",
                        "rooms",
                        "display name", "contract", i % 2 != 0, Optional.empty()))
                .toList();
        return new RegisterView("Clinic North", "Frankfurt", ManualClock.NOON, 3, ManualClock.NOON,
                new RegisterDocument.Controller("Ærø Åsgård", "Straße Übermut", "", "", ""),
                List.of(new ActivityRow("video", "Video", new ActivityText("treatment", "patients", "names", "a day"),
                        "law", recipients)),
                List.of(), List.of(), List.of(), new ProofView("00ff", ""));
    }
}

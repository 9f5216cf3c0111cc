// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.ColumnText;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfOutline;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.PdfWriter;
import org.sluse.host.register.RegisterView.ActivityRow;
import org.sluse.host.register.RegisterView.RecipientRow;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/**
 * The register on paper: A4 across, the font embedded, title, language and bookmarks set. OpenPDF writes no structure tree, so the file is not tagged: whoever reads with
 * a screen reader is better served by the page.
 */
final class RegisterPdf {

    private static final BaseFont REGULAR = font("LiberationSans-Regular.ttf");
    private static final BaseFont BOLD = font("LiberationSans-Bold.ttf");
    private static final Color LINE = new Color(0xC9, 0xD3, 0xD8);
    private static final Color GROUND = new Color(0xF1, 0xF5, 0xF7);
    private static final float MARGIN = 40;

    private final RegisterView register;
    private final Texts texts;
    private final Language language;

    private RegisterPdf(RegisterView register, Texts texts, Language language) {
        this.register = register;
        this.texts = texts;
        this.language = language;
    }

    /** The whole document. */
    static byte[] of(RegisterView register, Texts texts, Language language) {
        return new RegisterPdf(register, texts, language).write();
    }

    private byte[] write() {
        var bytes = new ByteArrayOutputStream();
        var document = new Document(PageSize.A4.rotate(), MARGIN, MARGIN, MARGIN, MARGIN + 10);
        var writer = PdfWriter.getInstance(document, bytes);
        writer.setViewerPreferences(PdfWriter.DisplayDocTitle);
        writer.setPageEvent(new Foot());
        var title = text("register.pdf.title") + ": " + register.tenant();
        document.addTitle(title);
        document.addSubject(text("register.pdf.subject"));
        document.addCreator("Sluse");
        writer.getExtraCatalog().put(PdfName.LANG, new PdfString(language.code()));
        document.open();
        document.add(new Paragraph(title, bold(18)));
        document.add(
                spaced(text("register.pdf.state", Map.of("revision", Integer.toString(register.revision()), "since",
                        moment(register.since()), "as-of", moment(register.asOf())))));
        heading(writer, document, text("register.controller"));
        document.add(controller());
        heading(writer, document, text("register.recipients"));
        document.add(recipients());
        heading(writer, document, text("register.activities"));
        document.add(activities());
        if (!register.measures().isEmpty()) {
            heading(writer, document, text("register.measures"));
            register.measures().forEach(measure -> document.add(spaced("• " + measure)));
        }
        document.close();
        return bytes.toByteArray();
    }

    private void heading(PdfWriter writer, Document document, String words) {
        var paragraph = new Paragraph(words, bold(13));
        paragraph.setSpacingBefore(14);
        paragraph.setSpacingAfter(6);
        paragraph.setKeepTogether(true);
        document.add(paragraph);
        new PdfOutline(writer.getRootOutline(),
                new org.openpdf.text.pdf.PdfDestination(org.openpdf.text.pdf.PdfDestination.FITH,
                        writer.getVerticalPosition(false) + 24),
                words);
    }

    private PdfPTable controller() {
        var controller = register.controller();
        var table = table(1, 3);
        row(table, List.of(text("register.controller.name"), orNone(controller.name())));
        row(table, List.of(text("register.controller.address"), orNone(controller.address())));
        row(table, List.of(text("register.controller.contact"), orNone(controller.contact())));
        row(table, List.of(text("register.controller.representative"), orNone(controller.representative())));
        row(table, List.of(text("register.controller.officer"), orNone(controller.officer())));
        return table;
    }

    private PdfPTable recipients() {
        var table = table(3, 2, 3, 3, 2);
        head(table, "register.recipient", "register.service", "register.processing", "register.legalBasis",
                "register.country");
        if (!register.always().isEmpty()) {
            group(table, text("register.always"), 5);
            register.always().forEach(to -> recipient(table, to));
        }
        for (var row : register.rows()) {
            group(table, text("register.because", Map.of("module", row.moduleName())), 5);
            row.recipients().forEach(to -> recipient(table, to));
            if (row.recipients().isEmpty()) {
                wide(table, text("disclosure.none"), 5);
            }
        }
        if (register.always().isEmpty() && register.rows().isEmpty()) {
            wide(table, text("disclosure.none"), 5);
        }
        return table;
    }

    private void recipient(PdfPTable table, RecipientRow to) {
        row(table, List.of(to.name() + "\n" + to.address(), to.service(), to.processing(), to.legalBasis(),
                Locale.of("", to.country()).getDisplayCountry(Locale.of(language.code())) + "\n"
                        + (to.insideEea()
                                ? text("register.inside-eea")
                                : to.transfer().orElseGet(() -> text("register.transfer.none")))));
    }

    private PdfPTable activities() {
        var table = table(2, 3, 2, 3, 3, 3);
        head(table, "register.module", "register.purpose", "register.subjects", "register.data", "register.retention",
                "register.legalBasis");
        for (ActivityRow row : register.rows()) {
            var activity = row.activity();
            row(table, List.of(row.moduleName(), activity.purpose(), activity.subjects(), activity.data(),
                    activity.retention(), row.legalBasis()));
        }
        return table;
    }

    private static PdfPTable table(float... widths) {
        var table = new PdfPTable(widths);
        table.setWidthPercentage(100);
        table.setSpacingBefore(6);
        return table;
    }

    private void head(PdfPTable table, String... keys) {
        for (var key : keys) {
            table.addCell(cell(text(key), bold(9), true));
        }
        table.setHeaderRows(1);
    }

    private static void group(PdfPTable table, String words, int columns) {
        var cell = cell(words, bold(9), true);
        cell.setColspan(columns);
        table.addCell(cell);
    }

    private static void wide(PdfPTable table, String words, int columns) {
        var cell = cell(words, regular(9), false);
        cell.setColspan(columns);
        table.addCell(cell);
    }

    private static void row(PdfPTable table, List<String> cells) {
        for (var i = 0; i < cells.size(); i++) {
            table.addCell(cell(cells.get(i), i == 0 ? bold(9) : regular(9), false));
        }
    }

    private static PdfPCell cell(String words, Font font, boolean marked) {
        var cell = new PdfPCell(new Phrase(words, font));
        cell.setPadding(5);
        cell.setBorder(Rectangle.BOTTOM);
        cell.setBorderColor(LINE);
        if (marked) {
            cell.setBackgroundColor(GROUND);
        }
        return cell;
    }

    private static Paragraph spaced(String words) {
        var paragraph = new Paragraph(words, regular(9));
        paragraph.setSpacingBefore(4);
        return paragraph;
    }

    private String orNone(String words) {
        return words.isEmpty() ? text("register.pdf.not-entered") : words;
    }

    /** A paper is read anywhere, so its times are in UTC and say so. */
    private String moment(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(Locale.of(language.code()))
                .format(instant.atOffset(ZoneOffset.UTC)) + " UTC";
    }

    private String text(String key) {
        return texts.text(Texts.KIT, key, language);
    }

    private String text(String key, Map<String, String> arguments) {
        return texts.text(Texts.KIT, key, arguments, language);
    }

    private static Font regular(float size) {
        return new Font(REGULAR, size);
    }

    private static Font bold(float size) {
        return new Font(BOLD, size);
    }

    private static BaseFont font(String file) {
        try (var stream = BaseFont.class.getResourceAsStream("/liberation/" + file)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "The font '" + file + "' is missing; right would be openpdf-fonts-extra");
            }
            return BaseFont.createFont(file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, true, stream.readAllBytes(), null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** On each page: its number, and by which hash the revision is known. */
    private final class Foot extends PdfPageEventHelper {

        @Override
        public void onEndPage(PdfWriter writer, Document document) {
            var line = new Phrase(new Chunk(text("register.pdf.page", Map.of("page",
                    Integer.toString(writer.getPageNumber()), "hash", register.proof().hash())), regular(7)));
            ColumnText.showTextAligned(writer.getDirectContent(), org.openpdf.text.Element.ALIGN_LEFT, line, MARGIN, 24,
                    0);
        }
    }
}

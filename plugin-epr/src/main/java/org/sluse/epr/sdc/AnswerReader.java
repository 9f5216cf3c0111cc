// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;

/** What somebody put in, as an answer of the question's type. Lenient towards the ways in which people write numbers, strict about what they mean. */
final class AnswerReader {

    /** More is no answer to a question. */
    private static final int LONGEST_TEXT = 20_000;
    private static final int LARGEST_FILE = 1_000_000;

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,30}([.,][0-9]{1,30})?");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Questionnaire form;

    /** It is no answer to the question; the code is that of a {@link Finding}. */
    static final class WrongException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;
        private final String detail;

        WrongException(String code, Object detail) {
            super(code);
            this.code = code;
            this.detail = String.valueOf(detail);
        }

        WrongException(String code) {
            this(code, "");
        }

        Finding at(String key) {
            return new Finding(key, code, detail);
        }
    }

    AnswerReader(Questionnaire form) {
        this.form = form;
    }

    /** @param language in which options are displayed in the response, should the form give them no display */
    Type read(Spot spot, Given given, String language) throws WrongException {
        if (given.kept().isPresent()) {
            return pick(spot.values(), given.kept().get());
        }
        if (given.option().isPresent()) {
            return pick(Options.of(form, spot.question(), language).stream().map(Options.Option::value).toList(),
                    index(given.option().get())).copy();
        }
        var text = given.text().orElse("");
        return switch (spot.question().getType()) {
            case BOOLEAN -> bool(text);
            case DECIMAL -> new DecimalType(number(text));
            case INTEGER -> whole(text);
            case DATE -> new DateType(day(text));
            case DATETIME -> moment(text);
            case TIME -> time(text);
            case STRING -> new StringType(line(text));
            case TEXT -> new StringType(bounded(text.replace("\r\n", "\n").strip()));
            case URL -> address(text);
            case OPENCHOICE -> new StringType(line(text));
            case CHOICE -> throw new WrongException("not-offered");
            case QUANTITY -> quantity(spot, text, given.unit().orElse(""), language);
            case ATTACHMENT -> file(given);
            case REFERENCE -> new Reference().setDisplay(line(text));
            default -> throw new WrongException("not-offered");
        };
    }

    private static Type pick(List<Type> from, int index) throws WrongException {
        if (index < 0 || index >= from.size()) {
            throw new WrongException("not-offered");
        }
        return from.get(index);
    }

    private static int index(String id) {
        return id.matches("[0-9]{1,6}") ? Integer.parseInt(id) : -1;
    }

    private static BooleanType bool(String text) throws WrongException {
        if (!text.equals("true") && !text.equals("false")) {
            throw new WrongException("not-offered");
        }
        return new BooleanType(text);
    }

    private static BigDecimal number(String text) throws WrongException {
        var plain = text.replaceAll("[\\s\\u00A0\\u202F]", "").replace('\u2212', '-');
        if (!NUMBER.matcher(plain).matches()) {
            throw new WrongException("number");
        }
        return new BigDecimal(plain.replace(',', '.'));
    }

    private static IntegerType whole(String text) throws WrongException {
        try {
            return new IntegerType(number(text).intValueExact());
        } catch (ArithmeticException notWhole) {
            throw new WrongException("whole-number");
        }
    }

    private static String day(String text) throws WrongException {
        try {
            return switch (text.strip().length()) {
                case 4 -> LocalDate.of(Integer.parseInt(text.strip()), 1, 1).toString().substring(0, 4);
                case 7 -> YearMonth.parse(text.strip()).toString();
                default -> LocalDate.parse(text.strip()).toString();
            };
        } catch (DateTimeException | NumberFormatException notOne) {
            throw new WrongException("date");
        }
    }

    /** With an offset: a time of day without one is no moment (FHIR R4, dateTime). */
    private static DateTimeType moment(String text) throws WrongException {
        if (text.length() <= 10) {
            return new DateTimeType(day(text));
        }
        try {
            return new DateTimeType(
                    OffsetDateTime.parse(text).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX")));
        } catch (DateTimeException notOne) {
            throw new WrongException("date-time");
        }
    }

    private static TimeType time(String text) throws WrongException {
        try {
            return new TimeType(LocalTime.parse(text.strip()).format(TIME));
        } catch (DateTimeException notOne) {
            throw new WrongException("time");
        }
    }

    private static String line(String text) throws WrongException {
        return bounded(text.replaceAll("\\s+", " ").strip());
    }

    private static String bounded(String text) throws WrongException {
        if (text.length() > LONGEST_TEXT) {
            throw new WrongException("too-long", LONGEST_TEXT);
        }
        return text;
    }

    private static UriType address(String text) throws WrongException {
        try {
            if (new URI(text.strip()).isAbsolute()) {
                return new UriType(bounded(text.strip()));
            }
        } catch (URISyntaxException notOne) {
            // Answered below: it is none either.
        }
        throw new WrongException("url");
    }

    private static Quantity quantity(Spot spot, String text, String unit, String language) throws WrongException {
        var quantity = new Quantity().setValue(number(text));
        var units = Options.units(spot.question(), language);
        if (units.isEmpty()) {
            return unit.isBlank() ? quantity : quantity.setUnit(line(unit));
        }
        if (units.size() > 1 && unit.isBlank()) {
            throw new WrongException("unit");
        }
        var chosen = (Coding) pick(units.stream().map(Options.Option::value).toList(),
                unit.isBlank() ? 0 : index(unit));
        return quantity.setUnit(chosen.hasDisplay() ? chosen.getDisplay() : chosen.getCode())
                .setSystem(chosen.getSystem())
                .setCode(chosen.getCode());
    }

    private static Attachment file(Given given) throws WrongException {
        try {
            var bytes = Base64.getDecoder().decode(given.text().orElse(""));
            if (bytes.length > LARGEST_FILE) {
                throw new WrongException("file-size", LARGEST_FILE / 1_000_000 + " MB");
            }
            var type = given.type().orElse("");
            return new Attachment().setTitle(line(given.name().orElse("")))
                    .setContentType(type.matches("[\\w.+-]+/[\\w.+-]+") ? type : "application/octet-stream")
                    .setSize(bytes.length)
                    .setData(bytes);
        } catch (IllegalArgumentException notBase64) {
            throw new WrongException("file");
        }
    }

    /** Whether nothing was put in: an empty field is no answer. */
    static boolean isEmpty(Spot spot, Given given) {
        return given.kept().isEmpty() && given.option().filter(id -> !id.isBlank()).isEmpty()
                && given.text().filter(text -> !text.isBlank()).isEmpty()
                && (spot.question().getType() != QuestionnaireItemType.ATTACHMENT || given.name().isEmpty());
    }
}

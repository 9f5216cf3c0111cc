// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** What a form asks of answers beyond their type, but its expressions. */
final class AnswerRules {

    private final Questionnaire form;
    private final String language;

    AnswerRules(Questionnaire form, String language) {
        this.form = form;
        this.language = language;
    }

    /** @param answers as they stand, calculated ones too @param effort that patterns may take */
    List<Finding> broken(Spot spot, List<Type> answers, Effort effort) {
        List<Finding> all = new ArrayList<>();
        var question = spot.question();
        if (answers.isEmpty()) {
            if (question.getRequired() && spot.isAsked()) {
                all.add(new Finding(spot.key(), "required"));
            }
            return all;
        }
        whole(spot, Sdc.MIN_OCCURS).filter(least -> answers.size() < least)
                .ifPresent(least -> all.add(new Finding(spot.key(), "too-few", least)));
        most(spot).filter(most -> answers.size() > most)
                .ifPresent(most -> all.add(new Finding(spot.key(), "too-many", most)));
        offered(spot, answers, all);
        answers.forEach(answer -> one(spot, answer, effort).ifPresent(all::add));
        return all.stream().distinct().toList();
    }

    private static Optional<Integer> most(Spot spot) {
        return spot.question().getRepeats() ? whole(spot, Sdc.MAX_OCCURS) : Optional.of(1);
    }

    private void offered(Spot spot, List<Type> answers, List<Finding> all) {
        var options = Options.of(form, spot.question(), language);
        var isOpen = spot.question().getType() == QuestionnaireItemType.OPENCHOICE;
        if (options.isEmpty() || spot.isCalculated()) {
            return;
        }
        var chosen = answers.stream()
                .map(answer -> options.stream().filter(one -> Options.isSame(one.value(), answer)).findFirst())
                .toList();
        for (var place = 0; place < answers.size(); place++) {
            if (chosen.get(place).isEmpty() && !(isOpen && answers.get(place) instanceof StringType)) {
                all.add(new Finding(spot.key(), "not-offered"));
            }
        }
        if (answers.size() > 1) {
            chosen.stream()
                    .flatMap(Optional::stream)
                    .filter(Options.Option::exclusive)
                    .findFirst()
                    .ifPresent(one -> all.add(new Finding(spot.key(), "exclusive", one.text())));
        }
    }

    private Optional<Finding> one(Spot spot, Type answer, Effort effort) {
        return switch (answer) {
            case StringType text -> text(spot, text.getValue(), effort);
            case Attachment file -> file(spot, file);
            default -> bounds(spot, answer).or(() -> decimals(spot, answer));
        };
    }

    private Optional<Finding> text(Spot spot, String text, Effort effort) {
        var question = spot.question();
        if (question.hasMaxLength() && text.length() > question.getMaxLength()) {
            return Optional.of(new Finding(spot.key(), "too-long", question.getMaxLength()));
        }
        var least = whole(spot, Sdc.MIN_LENGTH).filter(min -> text.length() < min);
        if (least.isPresent()) {
            return Optional.of(new Finding(spot.key(), "too-short", least.get()));
        }
        var pattern = spot.extension(Sdc.REGEX);
        return pattern == null || matches(pattern.primitiveValue(), text, effort)
                ? Optional.empty()
                : Optional.of(new Finding(spot.key(), "pattern", hint(spot, language)));
    }

    private static boolean matches(String pattern, String text, Effort effort) {
        try {
            return Pattern.compile(pattern).matcher(effort.watched(text)).matches();
        } catch (PatternSyntaxException | StackOverflowError notOne) {
            return true;
        }
    }

    /** How an answer is written; blank where the form does not say. */
    static String hint(Spot spot, String language) {
        return spot.extension(Sdc.ENTRY_FORMAT) instanceof StringType text ? Translation.of(text, language) : "";
    }

    private static Optional<Finding> bounds(Spot spot, Type answer) {
        var least = bound(spot, Sdc.MIN_VALUE, Sdc.MIN_QUANTITY);
        if (least.filter(min -> Comparison.compare(answer, as(answer, min)).orElse(0) < 0).isPresent()) {
            return Optional.of(new Finding(spot.key(), "too-small", Conversions.said(least.get())));
        }
        var most = bound(spot, Sdc.MAX_VALUE, Sdc.MAX_QUANTITY);
        return most.filter(max -> Comparison.compare(answer, as(answer, max)).orElse(0) > 0)
                .map(max -> new Finding(spot.key(), "too-large", Conversions.said(max)));
    }

    static Optional<Type> bound(Spot spot, String value, String quantity) {
        return Optional.ofNullable(spot.extension(value)).or(() -> Optional.ofNullable(spot.extension(quantity)));
    }

    /** A bound without a unit is one in the unit of the answer. */
    private static Type as(Type answer, Type bound) {
        if (!(answer instanceof Quantity quantity)) {
            return bound;
        }
        return switch (bound) {
            case DecimalType number -> quantity.copy().setValue(number.getValue());
            case IntegerType number -> quantity.copy().setValue(BigDecimal.valueOf(number.getValue()));
            default -> bound;
        };
    }

    private static Optional<Finding> decimals(Spot spot, Type answer) {
        var number = switch (answer) {
            case DecimalType decimal -> decimal.getValue();
            case Quantity quantity when quantity.hasValue() -> quantity.getValue();
            default -> BigDecimal.ZERO;
        };
        return whole(spot, Sdc.DECIMAL_PLACES).filter(most -> number.stripTrailingZeros().scale() > most)
                .map(most -> new Finding(spot.key(), "decimals", most));
    }

    private static Optional<Finding> file(Spot spot, Attachment file) {
        var types = spot.extensions(Sdc.MIME_TYPE).stream().map(one -> one.getValue().primitiveValue()).toList();
        if (!types.isEmpty() && types.stream().noneMatch(type -> isOf(type, file.getContentType()))) {
            return Optional.of(new Finding(spot.key(), "file-type", String.join(", ", types)));
        }
        return spot.extension(Sdc.MAX_SIZE) instanceof DecimalType most
                // In megabytes (FHIR R4, extension "maxSize").
                && BigDecimal.valueOf(file.getSize()).compareTo(most.getValue().movePointRight(6)) > 0
                        ? Optional.of(new Finding(spot.key(), "file-size", most.getValueAsString() + " MB"))
                        : Optional.empty();
    }

    private static boolean isOf(String wanted, String type) {
        return wanted.equals(type)
                || wanted.endsWith("/*") && type.startsWith(wanted.substring(0, wanted.length() - 1));
    }

    private static Optional<Integer> whole(Spot spot, String url) {
        return spot.extension(url) instanceof IntegerType number && number.hasValue()
                ? Optional.of(number.getValue())
                : Optional.empty();
    }

    /** How often a group may be there, at most; empty: as often as somebody likes. */
    static Optional<Integer> mostOccurrences(Spot group) {
        return whole(group, Sdc.MAX_OCCURS);
    }
}

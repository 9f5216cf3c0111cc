// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * What an expression found, as answers to a question: of the question's type, by the conversions that FHIRPath makes silently, and a resource as a reference to it (SDC 4.0, expressions).
 * A code becomes the option of the form that has it.
 */
final class AnswerValues {

    private final Questionnaire questionnaire;

    AnswerValues(Questionnaire questionnaire) {
        this.questionnaire = questionnaire;
    }

    /** @throws IllegalArgumentException one is of another type, or there are several and the question does not repeat; the message has no value in it */
    List<Type> of(QuestionnaireItemComponent question, List<Base> found) {
        if (found.size() > 1 && !question.getRepeats()) {
            throw new IllegalArgumentException("There are " + found.size() + " values for '" + question.getLinkId()
                    + "', which takes one; right would be an expression with one result, or an item that repeats");
        }
        return found.stream()
                .map(value -> one(question, value).orElseThrow(() -> new IllegalArgumentException(
                        "What was found for '" + question.getLinkId() + "' is a " + value.fhirType()
                                + "; right would be " + wanted(question))))
                .toList();
    }

    private static String wanted(QuestionnaireItemComponent question) {
        var unit = unit(question).map(one -> " in " + one.getCode()).orElse("");
        return "an answer of type " + question.getType().toCode() + unit;
    }

    private Optional<Type> one(QuestionnaireItemComponent question, Base value) {
        if (question.getType() == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (question.getType()) {
            case BOOLEAN -> value instanceof BooleanType yes ? yes.copy() : null;
            case DECIMAL -> number(question, value).map(DecimalType::new).orElse(null);
            case INTEGER -> number(question, value).filter(AnswerValues::isWhole)
                    .map(number -> new IntegerType(number.intValueExact()))
                    .orElse(null);
            case DATE -> value instanceof DateType day ? day.copy() : null;
            case DATETIME -> switch (value) {
                case DateTimeType time -> time.copy();
                case DateType day -> new DateTimeType(day.getValueAsString());
                case InstantType instant -> new DateTimeType(instant.getValueAsString());
                default -> null;
            };
            case TIME -> value instanceof TimeType time ? time.copy() : null;
            case STRING, TEXT -> isText(value) ? new StringType(value.primitiveValue()) : null;
            case URL -> isText(value) ? new UriType(value.primitiveValue()) : null;
            case CHOICE, OPENCHOICE -> chosen(question, value);
            case QUANTITY -> quantity(question, value);
            case REFERENCE -> switch (value) {
                case Reference reference -> reference.copy();
                case Resource resource when resource.hasId() ->
                    new Reference(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
                default -> null;
            };
            case ATTACHMENT -> value instanceof Attachment attachment ? attachment.copy() : null;
            default -> null;
        });
    }

    private static boolean isText(Base value) {
        return switch (value) {
            case StringType text -> text.hasValue();
            case UriType uri -> uri.hasValue();
            case Enumeration<?> code -> code.hasValue();
            default -> false;
        };
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0
                && number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    }

    /** A quantity is a number where the form says in which unit (SDC 4.0, populate, "Expression-based population"). */
    private static Optional<BigDecimal> number(QuestionnaireItemComponent question, Base value) {
        return Optional.ofNullable(switch (value) {
            case DecimalType decimal -> decimal.getValue();
            case IntegerType integer -> BigDecimal.valueOf(integer.getValue());
            case Quantity quantity when unit(question).filter(unit -> isIn(unit, quantity)).isPresent() ->
                quantity.getValue();
            default -> null;
        });
    }

    private static Optional<Coding> unit(QuestionnaireItemComponent question) {
        return Optional.ofNullable(question.getExtensionByUrl(Sdc.UNIT))
                .map(extension -> extension.getValue() instanceof Coding unit ? unit : null);
    }

    private static boolean isIn(Coding unit, Quantity quantity) {
        return Objects.equals(unit.getCode(), quantity.hasCode() ? quantity.getCode() : quantity.getUnit());
    }

    private static @Nullable Type quantity(QuestionnaireItemComponent question, Base value) {
        return switch (value) {
            case Quantity quantity -> new Quantity().setValueElement(quantity.getValueElement().copy())
                    .setComparator(quantity.getComparator())
                    .setUnit(quantity.getUnit())
                    .setSystem(quantity.getSystem())
                    .setCode(quantity.getCode());
            case DecimalType decimal -> inUnit(question, decimal.copy());
            case IntegerType integer -> inUnit(question, new DecimalType(integer.getValue()));
            default -> null;
        };
    }

    private static Quantity inUnit(QuestionnaireItemComponent question, DecimalType number) {
        var quantity = new Quantity().setValueElement(number);
        unit(question).ifPresent(unit -> quantity.setUnit(unit.hasDisplay() ? unit.getDisplay() : unit.getCode())
                .setSystem(unit.getSystem())
                .setCode(unit.getCode()));
        return quantity;
    }

    private @Nullable Type chosen(QuestionnaireItemComponent question, Base value) {
        return switch (value) {
            case Coding coding -> offered(question).filter(one -> isSame(one, coding))
                    .findFirst()
                    .map(AnswerValues::plain)
                    .orElseGet(() -> plain(coding));
            // Several codings of a concept say the same: one that the form offers is taken, or else the first.
            case CodeableConcept concept when concept.hasCoding() -> concept.getCoding()
                    .stream()
                    .flatMap(coding -> offered(question).filter(one -> isSame(one, coding)))
                    .findFirst()
                    .map(AnswerValues::plain)
                    .orElseGet(() -> plain(concept.getCodingFirstRep()));
            case PrimitiveType<?> primitive -> option(question, primitive);
            default -> null;
        };
    }

    /** What it counts for stands in the form. */
    private static Coding plain(Coding coding) {
        return new Coding(coding.getSystem(), coding.getCode(), coding.getDisplay()).setVersion(coding.getVersion());
    }

    private @Nullable Type option(QuestionnaireItemComponent question, PrimitiveType<?> value) {
        var asIs = question.getAnswerOption()
                .stream()
                .map(Questionnaire.QuestionnaireItemAnswerOptionComponent::getValue)
                .filter(option -> option.isPrimitive() && option.primitiveValue().equals(value.primitiveValue()))
                .findFirst();
        if (asIs.isPresent()) {
            return asIs.get().copy();
        }
        var code = offered(question).filter(one -> Objects.equals(one.getCode(), value.primitiveValue())).findFirst();
        if (code.isPresent()) {
            return plain(code.get());
        }
        if (value instanceof Enumeration<?> known && known.hasValue()) {
            return new Coding(known.getSystem(), known.getCode(), null);
        }
        return question.getType() == QuestionnaireItemType.OPENCHOICE && isText(value) && !(value instanceof CodeType)
                ? new StringType(value.primitiveValue())
                : null;
    }

    /** Codings among which one may choose, as far as they are in the form. */
    private Stream<Coding> offered(QuestionnaireItemComponent question) {
        return Stream.concat(question.getAnswerOption()
                .stream()
                .map(Questionnaire.QuestionnaireItemAnswerOptionComponent::getValue)
                .filter(Coding.class::isInstance)
                .map(Coding.class::cast), contained(question));
    }

    private Stream<Coding> contained(QuestionnaireItemComponent question) {
        return Weights.contained(questionnaire, question.getAnswerValueSet())
                .stream()
                .flatMap(set -> Stream.concat(set.getExpansion()
                        .getContains()
                        .stream()
                        .map(one -> new Coding(one.getSystem(), one.getCode(), one.getDisplay())),
                        set.getCompose()
                                .getInclude()
                                .stream()
                                .flatMap(include -> include.getConcept()
                                        .stream()
                                        .map(one -> new Coding(include.getSystem(), one.getCode(),
                                                one.getDisplay())))));
    }

    private static boolean isSame(Coding offered, Coding chosen) {
        return Objects.equals(offered.getCode(), chosen.getCode())
                && Objects.equals(offered.getSystem(), chosen.getSystem());
    }
}

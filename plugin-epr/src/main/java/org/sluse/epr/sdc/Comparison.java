// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemOperator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;

/**
 * Answers against a value of the form (FHIR R4, value set questionnaire-enable-operator). {@code !=} is "no answer has a value that is equal", and so true without any; the others want one answer for
 * which they hold, as R5 has put it. Values of which nobody knows which is more, two units for example, are neither.
 */
final class Comparison {

    private Comparison() {}

    static boolean holds(List<Type> answers, QuestionnaireItemOperator operator, Type value) {
        return switch (operator) {
            case EXISTS -> answers.isEmpty() != Boolean.parseBoolean(value.primitiveValue());
            case EQUAL -> answers.stream().anyMatch(answer -> isEqual(answer, value));
            case NOT_EQUAL -> answers.stream().noneMatch(answer -> isEqual(answer, value));
            case GREATER_THAN -> answers.stream().anyMatch(answer -> compare(answer, value).orElse(0) > 0);
            case LESS_THAN -> answers.stream().anyMatch(answer -> compare(answer, value).orElse(0) < 0);
            case GREATER_OR_EQUAL -> answers.stream()
                    .anyMatch(answer -> isEqual(answer, value) || compare(answer, value).orElse(-1) >= 0);
            case LESS_OR_EQUAL -> answers.stream()
                    .anyMatch(answer -> isEqual(answer, value) || compare(answer, value).orElse(1) <= 0);
            case NULL -> false;
        };
    }

    private static boolean isEqual(Type answer, Type value) {
        return switch (value) {
            // A form that names no system means its own codes.
            case Coding wanted when answer instanceof Coding coding ->
                Objects.equals(wanted.getCode(), coding.getCode())
                        && (!wanted.hasSystem() || Objects.equals(wanted.getSystem(), coding.getSystem()));
            case Reference wanted when answer instanceof Reference reference ->
                wanted.hasReference() && Objects.equals(wanted.getReference(), reference.getReference());
            default -> {
                var order = compare(answer, value);
                yield order.isPresent()
                        ? order.getAsInt() == 0
                        : answer instanceof PrimitiveType<?> one && value instanceof PrimitiveType<?> other
                                && !(one instanceof BaseDateTimeType)
                                && Objects.equals(one.primitiveValue(), other.primitiveValue());
            }
        };
    }

    /** Negative: the answer is less; empty: it cannot be said. */
    static OptionalInt compare(Type answer, Type value) {
        if (answer instanceof Quantity one && value instanceof Quantity other) {
            return one.hasValue() && other.hasValue() && unit(one).equals(unit(other))
                    ? OptionalInt.of(one.getValue().compareTo(other.getValue()))
                    : OptionalInt.empty();
        }
        if (answer instanceof TimeType one && value instanceof TimeType other && one.hasValue() && other.hasValue()) {
            return OptionalInt.of(seconds(one.getValue()).compareTo(seconds(other.getValue())));
        }
        var numbers = number(answer).flatMap(one -> number(value).map(one::compareTo));
        if (numbers.isPresent()) {
            return OptionalInt.of(numbers.get());
        }
        return Span.of(answer)
                .flatMap(one -> Span.of(value).map(other -> order(one, other)))
                .orElse(
                        OptionalInt.empty());
    }

    /** A day and a moment in it are neither. */
    private static OptionalInt order(Span one, Span other) {
        if (one.equals(other)) {
            return OptionalInt.of(0);
        }
        return one.to().isBefore(other.from())
                ? OptionalInt.of(-1)
                : other.to().isBefore(one.from()) ? OptionalInt.of(1) : OptionalInt.empty();
    }

    private static String unit(Quantity quantity) {
        return Optional.ofNullable(quantity.hasCode() ? quantity.getCode() : quantity.getUnit()).orElse("");
    }

    private static String seconds(String time) {
        return time.length() == 5 ? time + ":00" : time;
    }

    private static Optional<BigDecimal> number(Type value) {
        return Optional.ofNullable(switch (value) {
            case DecimalType decimal -> decimal.getValue();
            case IntegerType integer when integer.hasValue() -> BigDecimal.valueOf(integer.getValue());
            default -> null;
        });
    }
}

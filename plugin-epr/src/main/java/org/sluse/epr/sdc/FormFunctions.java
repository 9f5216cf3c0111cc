// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.PathEngineException;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FunctionDetails;
import org.hl7.fhir.r4.fhirpath.IHostApplicationServices;
import org.hl7.fhir.r4.fhirpath.TypeDetails;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.utilities.fhirpath.FHIRPathConstantEvaluationMode;
import org.jspecify.annotations.Nullable;

/**
 * What HAPI's engine asks whoever evaluates: names, and the functions that are ours: those of the guide (SDC 4.0, expressions), those that would read a clock or have no bounds in the engine, and the counting of {@link Steps}. Not thread-safe.
 */
final class FormFunctions implements IHostApplicationServices {

    private static final int OPTIONS_PER_UNIT = 16;
    private static final List<String> FUNCTIONS = List.of("weight", "ordinal", "sum", "min", "max", "avg",
            "answers");

    /** Of an average, which need not end. */
    private static final MathContext DIGITS = new MathContext(12);

    private final FhirContext fhir;
    private final Questionnaire questionnaire;
    private final Weights weights;
    private final Moment moment;
    private final Effort effort;

    FormFunctions(FhirContext fhir, Questionnaire questionnaire, Weights weights, Moment moment, Effort effort) {
        this.fhir = fhir;
        this.questionnaire = questionnaire;
        this.weights = weights;
        this.moment = moment;
        this.effort = effort;
    }

    @Override
    public List<Base> resolveConstant(FHIRPathEngine engine, Object scope, String name,
            FHIRPathConstantEvaluationMode mode) {
        if (mode != FHIRPathConstantEvaluationMode.EXPLICIT) {
            return List.of();
        }
        var here = (FormPaths.Scope) scope;
        return switch (name) {
            case "questionnaire" -> List.of(questionnaire);
            case "qitem" -> here.question() == null ? List.of() : List.of(here.question());
            default -> {
                var found = here.names().get(name);
                if (found == null) {
                    var why = here.unknown().get(name);
                    throw new IllegalArgumentException(why == null
                            ? "Nothing is called %" + name + " here"
                            : "%" + name + " has no value: " + why);
                }
                yield found;
            }
        };
    }

    @Override
    public @Nullable FunctionDetails resolveFunction(FHIRPathEngine engine, String name) {
        return FUNCTIONS.contains(name) ? new FunctionDetails(name, 0, 0) : null;
    }

    @Override
    public List<Base> executeFunction(FHIRPathEngine engine, Object scope, List<Base> focus, String name,
            List<List<Base>> parameters) {
        return switch (name) {
            case Steps.COUNT -> {
                effort.found(focus);
                yield focus;
            }
            case Steps.COMPARE -> {
                effort.found(focus);
                effort.compared(focus.size());
                yield focus;
            }
            case Steps.SMALL -> {
                Effort.small(focus);
                yield focus;
            }
            case String choice when choice.startsWith(Steps.CHOICE) ->
                focus.stream().flatMap(one -> chosen(one, choice.substring(Steps.CHOICE.length()))).toList();
            case "now" -> List.of(moment.now());
            case "today" -> List.of(moment.today());
            case "matches", "matchesFull", "replaceMatches", "replace" ->
                focus.isEmpty()
                        ? List.of()
                        : text(name, single(name, focus),
                                parameters.stream().map(one -> single(name, one)).toList());
            case "join" -> List.of(joined(focus, parameters.isEmpty() ? "" : single(name, parameters.getFirst())));
            case "weight", "ordinal" -> {
                effort.spend(focus.size() * (1 + weights.options() / OPTIONS_PER_UNIT));
                yield focus.stream()
                        .flatMap(value -> weights.of(value).stream())
                        .map(Base.class::cast)
                        .toList();
            }
            case "answers" -> focus.stream().flatMap(FormFunctions::answers).toList();
            case "sum" -> List.of(number(focus, numbers(name, focus).reduce(BigDecimal.ZERO, BigDecimal::add)));
            case "min" ->
                numbers(name, focus).reduce(BigDecimal::min).map(one -> number(focus, one)).stream().toList();
            case "max" ->
                numbers(name, focus).reduce(BigDecimal::max).map(one -> number(focus, one)).stream().toList();
            default -> numbers(name, focus).reduce(BigDecimal::add)
                    .<Base>map(all -> new DecimalType(all.divide(BigDecimal.valueOf(focus.size()), DIGITS)))
                    .stream()
                    .toList();
        };
    }

    /** The element of this name; and of a choice that is written with its type, as JSON has it ({@code valueDecimal}), the value when it is of the type. */
    private Stream<Base> chosen(Base above, String name) {
        if (!(fhir.getElementDefinition(above.getClass()) instanceof BaseRuntimeElementCompositeDefinition<?> type)
                || type.getChildByName(name) == null) {
            return Stream.empty();
        }
        var child = type.getChildByName(name);
        var values = child.getAccessor().getValues(above).stream().map(Base.class::cast);
        return child instanceof RuntimeChildChoiceDefinition
                ? values.filter(child.getChildByName(name).getImplementingClass()::isInstance)
                : values;
    }

    private static String single(String function, List<Base> of) {
        if (of.size() != 1 || !of.getFirst().isPrimitive()) {
            throw new IllegalArgumentException(function + "() takes one text, and there are " + of.size());
        }
        return String.valueOf(of.getFirst().primitiveValue());
    }

    private List<Base> text(String function, String text, List<String> parameters) {
        try {
            return switch (function) {
                case "matches" ->
                    List.of(new BooleanType(pattern(parameters).matcher(effort.watched(text)).find()));
                case "matchesFull" ->
                    List.of(new BooleanType(pattern(parameters).matcher(effort.watched(text)).matches()));
                case "replaceMatches" -> {
                    effort.text((text.length() + 1L) * (parameters.get(1).length() + 1L));
                    yield List.of(new StringType(
                            pattern(parameters).matcher(effort.watched(text)).replaceAll(parameters.get(1))));
                }
                default -> {
                    effort.text((text.length() + 1L) * (parameters.get(1).length() + 1L));
                    yield List.of(new StringType(text.replace(parameters.getFirst(), parameters.get(1))));
                }
            };
        } catch (PatternSyntaxException | IndexOutOfBoundsException wrong) {
            throw new IllegalArgumentException(function + "() was given what is no regular expression", wrong);
        }
    }

    private static Pattern pattern(List<String> parameters) {
        return Pattern.compile(parameters.getFirst(), Pattern.DOTALL);
    }

    private StringType joined(List<Base> texts, String separator) {
        effort.text((long) texts.size() * separator.length());
        return new StringType(texts.stream()
                .map(Base::primitiveValue)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(separator)));
    }

    /** All answers beneath, and not here (SDC 4.0, expressions, "answers"); elements, so that {@code answers().value} and {@code answers().weight()} are both the values' own. */
    private static Stream<Base> answers(Base above) {
        return switch (above) {
            case QuestionnaireResponse whole -> whole.getItem().stream().flatMap(FormFunctions::within);
            case QuestionnaireResponseItemComponent item ->
                Stream.concat(item.getItem().stream(),
                        item.getAnswer().stream().flatMap(one -> one.getItem().stream()))
                        .flatMap(FormFunctions::within);
            default -> Stream.empty();
        };
    }

    private static Stream<Base> within(QuestionnaireResponseItemComponent item) {
        return Stream.concat(item.getAnswer().stream().filter(QuestionnaireResponseItemAnswerComponent::hasValue),
                answers(item));
    }

    private static Stream<BigDecimal> numbers(String function, List<Base> focus) {
        return focus.stream().map(number -> switch (number) {
            case DecimalType decimal -> decimal.getValue();
            case IntegerType integer -> BigDecimal.valueOf(integer.getValue());
            default -> throw new IllegalArgumentException(
                    function + "() takes numbers, and there is a " + number.fhirType());
        });
    }

    private static Base number(List<Base> of, BigDecimal value) {
        return of.stream().allMatch(IntegerType.class::isInstance)
                ? new IntegerType(value.intValueExact())
                : new DecimalType(value);
    }

    @Override
    public TypeDetails resolveConstantType(FHIRPathEngine engine, Object scope, String name,
            FHIRPathConstantEvaluationMode mode) {
        throw new PathEngineException("Expressions are evaluated here, and not checked");
    }

    @Override
    public TypeDetails checkFunction(FHIRPathEngine engine, Object scope, String name, TypeDetails focus,
            List<TypeDetails> parameters) {
        throw new PathEngineException("Expressions are evaluated here, and not checked");
    }

    @Override
    public boolean log(String argument, List<Base> focus) {
        // Answers are in no log.
        return true;
    }

    @Override
    public @Nullable Base resolveReference(FHIRPathEngine engine, Object scope, String url, Base from) {
        // Extraction sees the form and its response (SDC 4.0, extraction).
        return null;
    }

    @Override
    public boolean conformsToProfile(FHIRPathEngine engine, Object scope, Base item, String url) {
        throw new PathEngineException("conformsTo() is not answered while data is extracted");
    }

    @Override
    public @Nullable ValueSet resolveValueSet(FHIRPathEngine engine, Object scope, String url) {
        return null;
    }

    @Override
    public boolean paramIsType(String name, int index) {
        return false;
    }
}

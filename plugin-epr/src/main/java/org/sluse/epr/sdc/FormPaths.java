// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.exceptions.PathEngineException;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FunctionDetails;
import org.hl7.fhir.r4.fhirpath.IHostApplicationServices;
import org.hl7.fhir.r4.fhirpath.TypeDetails;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.utilities.fhirpath.FHIRPathConstantEvaluationMode;
import org.jspecify.annotations.Nullable;

/**
 * FHIRPath as forms are written with: that of HAPI's engine, with {@code weight()}, {@code ordinal()} (its name in R4), {@code answers()}, {@code sum()}, {@code min()}, {@code max()} and {@code avg()}, with {@code %questionnaire}, {@code %qitem} and
 * names of one's own (SDC 4.0, expressions). Not thread-safe, as the engine is not.
 */
final class FormPaths {

    private static final String FHIRPATH = "text/fhirpath";

    /** Longer ones are no expressions that somebody has written, and nest deeper than the engine can follow. */
    private static final int LONGEST = 20_000;

    /** What an element that is made counts for, beside one that is looked at. */
    private static final int COPY = 100;

    private final FHIRPathEngine engine;
    private final QuestionnaireResponse response;
    private final Map<String, ExpressionNode> parsed = new HashMap<>();
    private final Effort effort;

    /**
     * Where an expression is evaluated.
     *
     * @param context what a path begins at
     * @param question the form's item, {@code %qitem}; null at its root
     * @param names values by name, without the percent sign
     * @param unknown why a name that the form gives has no value, by name: whoever uses it is told, and nobody else
     */
    record Scope(Base context, @Nullable QuestionnaireItemComponent question, Map<String, List<Base>> names,
            Map<String, String> unknown) {

        Scope(Base context, @Nullable QuestionnaireItemComponent question, Map<String, List<Base>> names) {
            this(context, question, names, Map.of());
        }

        Scope at(Base inner) {
            return new Scope(inner, question, names, unknown);
        }

        /** The same names at an item of the form. */
        Scope at(Base inner, QuestionnaireItemComponent item) {
            return new Scope(inner, item, names, unknown);
        }

        Scope with(String name, List<Base> value) {
            var more = new HashMap<>(names);
            more.put(name, value);
            var fewer = new HashMap<>(unknown);
            fewer.remove(name);
            return new Scope(context, question, Map.copyOf(more), Map.copyOf(fewer));
        }

        Scope without(String name, String why) {
            var fewer = new HashMap<>(names);
            fewer.remove(name);
            var more = new HashMap<>(unknown);
            more.put(name, why);
            return new Scope(context, question, Map.copyOf(fewer), Map.copyOf(more));
        }
    }

    /** At the moment when the response was written: the clock is not asked, so that the same response always says the same. */
    FormPaths(FhirContext fhir, Questionnaire questionnaire, QuestionnaireResponse response) {
        this(fhir, questionnaire, response, moment(response));
    }

    /** When a response was written; empty where it does not say. */
    static Optional<Instant> moment(QuestionnaireResponse response) {
        return Span.of(response.getAuthoredElement()).map(Span::from);
    }

    /** @param now what {@code now()} and {@code today()} say, in UTC; empty where nobody knows */
    FormPaths(FhirContext fhir, Questionnaire questionnaire, QuestionnaireResponse response, Optional<Instant> now) {
        this(fhir, questionnaire, response, now, new Effort());
    }

    /** @param effort what all evaluations may take together, where one form is worked out several times */
    FormPaths(FhirContext fhir, Questionnaire questionnaire, QuestionnaireResponse response, Optional<Instant> now,
            Effort effort) {
        this.response = response;
        this.effort = effort;
        this.engine = new FHIRPathEngine(new HapiWorkerContext(fhir, new Structures(fhir)));
        engine.setHostServices(new Host(fhir, questionnaire, new Weights(questionnaire, response), now, effort));
    }

    /**
     * What the expression finds, in its order; empty when there is nothing.
     *
     * @throws IllegalArgumentException it is no FHIRPath, cannot be evaluated here, or takes too much work; the message says why, without any answer
     */
    List<Base> evaluate(String expression, Scope scope) {
        try {
            // What nobody has filled is no value, also where the model has made a place for it.
            return engine.evaluate(scope, response, response, scope.context(),
                    parsed.computeIfAbsent(expression, this::parsed))
                    .stream()
                    .filter(value -> !value.isEmpty())
                    .toList();
        } catch (FHIRException | UnsupportedOperationException | IllegalArgumentException | ArithmeticException wrong) {
            throw new IllegalArgumentException("The expression '" + expression + "' cannot be evaluated: "
                    + wrong.getMessage(), wrong);
        } catch (RuntimeException | NoClassDefFoundError lost) {
            // How the engine fails where it has no words, or only such with a number in them, for which it wants a library of 14 MB.
            throw new IllegalArgumentException("The expression '" + expression
                    + "' cannot be evaluated: it does not fit what it was given", lost);
        } catch (StackOverflowError deep) {
            throw new IllegalArgumentException(
                    "An expression that begins with '" + expression.substring(0, Math.min(40, expression.length()))
                            + "' cannot be evaluated: it is nested too deeply",
                    deep);
        }
    }

    /** @throws IllegalArgumentException it is no FHIRPath; the message says why */
    void requireWellFormed(String expression) {
        try {
            parsed.computeIfAbsent(expression, this::parsed);
        } catch (FHIRException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("'" + expression + "' is no FHIRPath: " + wrong.getMessage(), wrong);
        } catch (StackOverflowError deep) {
            throw new IllegalArgumentException("An expression is nested too deeply", deep);
        }
    }

    /** Of elements that are made because of what an expression has found. @throws IllegalArgumentException that is too much */
    void copied(long elements) {
        effort.spend(elements * COPY);
    }

    private ExpressionNode parsed(String expression) {
        if (expression.length() > LONGEST) {
            throw new IllegalArgumentException("it has more than " + LONGEST + " characters");
        }
        var node = engine.parse(expression);
        Steps.counted(node);
        return node;
    }

    /** What a value of a form that is an expression says. @throws IllegalArgumentException it is in another language than FHIRPath, or says nothing */
    static String fhirPath(Type expression) {
        if (!(expression instanceof Expression detailed)) {
            return expression.primitiveValue();
        }
        if (!detailed.hasExpression()) {
            throw new IllegalArgumentException("An expression says nothing; right would be FHIRPath");
        }
        if (detailed.hasLanguage() && !detailed.getLanguage().equals(FHIRPATH)) {
            throw new IllegalArgumentException("The expression '" + detailed.getExpression() + "' is in "
                    + detailed.getLanguage() + "; right would be " + FHIRPATH);
        }
        return detailed.getExpression();
    }

    /** The text of the first value; empty when there is none. @throws IllegalArgumentException as {@link #evaluate} */
    Optional<String> text(String expression, Scope scope) {
        return evaluate(expression, scope).stream().findFirst().map(engine::convertToString);
    }

    private static final class Host implements IHostApplicationServices {

        private static final int OPTIONS_PER_UNIT = 16;
        private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);
        private static final List<String> FUNCTIONS = List.of("weight", "ordinal", "sum", "min", "max", "avg",
                "answers");

        /** Of an average, which need not end. */
        private static final MathContext DIGITS = new MathContext(12);

        private final FhirContext fhir;
        private final Questionnaire questionnaire;
        private final Weights weights;

        private final Optional<Instant> now;
        private final Effort effort;

        Host(FhirContext fhir, Questionnaire questionnaire, Weights weights, Optional<Instant> now, Effort effort) {
            this.fhir = fhir;
            this.questionnaire = questionnaire;
            this.weights = weights;
            this.now = now;
            this.effort = effort;
        }

        @Override
        public List<Base> resolveConstant(FHIRPathEngine engine, Object scope, String name,
                FHIRPathConstantEvaluationMode mode) {
            if (mode != FHIRPathConstantEvaluationMode.EXPLICIT) {
                return List.of();
            }
            var here = (Scope) scope;
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
                case "now" -> List.of(new DateTimeType(Date.from(moment()), TemporalPrecisionEnum.MILLI, UTC));
                case "today" -> List.of(new DateType(moment().atZone(ZoneOffset.UTC).toLocalDate().toString()));
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
                case "answers" -> focus.stream().flatMap(Host::answers).toList();
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

        private Instant moment() {
            return now.orElseThrow(() -> new IllegalArgumentException(
                    "nobody knows when this is; right would be a response that says when it was authored"));
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
                case QuestionnaireResponse whole -> whole.getItem().stream().flatMap(Host::within);
                case QuestionnaireResponseItemComponent item ->
                    Stream.concat(item.getItem().stream(),
                            item.getAnswer().stream().flatMap(one -> one.getItem().stream()))
                            .flatMap(Host::within);
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
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.exceptions.PathEngineException;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FunctionDetails;
import org.hl7.fhir.r4.fhirpath.IHostApplicationServices;
import org.hl7.fhir.r4.fhirpath.TypeDetails;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
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

    private final FHIRPathEngine engine;
    private final QuestionnaireResponse response;

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

    FormPaths(FhirContext fhir, Questionnaire questionnaire, QuestionnaireResponse response) {
        this.response = response;
        this.engine = new FHIRPathEngine(new HapiWorkerContext(fhir, new Structures(fhir)));
        engine.setHostServices(new Host(questionnaire, new Weights(questionnaire, response)));
    }

    /**
     * What the expression finds, in its order; empty when there is nothing.
     *
     * @throws IllegalArgumentException it is no FHIRPath, or cannot be evaluated here; the message says why, without any answer
     */
    List<Base> evaluate(String expression, Scope scope) {
        try {
            return engine.evaluate(scope, response, response, scope.context(), engine.parse(expression));
        } catch (FHIRException | UnsupportedOperationException | IllegalArgumentException | ArithmeticException wrong) {
            throw new IllegalArgumentException("The expression '" + expression + "' cannot be evaluated: "
                    + wrong.getMessage(), wrong);
        }
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

        private static final List<String> FUNCTIONS = List.of("weight", "ordinal", "sum", "min", "max", "avg",
                "answers");

        /** Of an average, which need not end. */
        private static final MathContext DIGITS = new MathContext(12);

        private final Questionnaire questionnaire;
        private final Weights weights;

        Host(Questionnaire questionnaire, Weights weights) {
            this.questionnaire = questionnaire;
            this.weights = weights;
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
                case "weight", "ordinal" -> focus.stream()
                        .flatMap(value -> weights.of(value).stream())
                        .map(Base.class::cast)
                        .toList();
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

        /** All that was answered beneath, and not here (SDC 4.0, expressions, "answers"). */
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
            return Stream.concat(item.getAnswer()
                    .stream()
                    .filter(QuestionnaireResponseItemAnswerComponent::hasValue)
                    .map(QuestionnaireResponseItemAnswerComponent::getValue), answers(item));
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

// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.exceptions.PathEngineException;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FunctionDetails;
import org.hl7.fhir.r4.fhirpath.IHostApplicationServices;
import org.hl7.fhir.r4.fhirpath.TypeDetails;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.utilities.fhirpath.FHIRPathConstantEvaluationMode;
import org.jspecify.annotations.Nullable;

/**
 * FHIRPath as forms are written with: that of HAPI's engine, with {@code weight()}, {@code ordinal()} (its name in R4) and {@code sum()}, with {@code %questionnaire}, {@code %qitem} and
 * names of one's own (SDC 4.0, expressions). Not thread-safe, as the engine is not.
 */
final class FormPaths {

    private final FHIRPathEngine engine;
    private final QuestionnaireResponse response;

    /**
     * Where an expression is evaluated.
     *
     * @param context what a path begins at
     * @param question the form's item, {@code %qitem}; null at its root
     * @param names values by name, without the percent sign
     */
    record Scope(Base context, @Nullable QuestionnaireItemComponent question, Map<String, List<Base>> names) {

        Scope at(Base inner) {
            return new Scope(inner, question, names);
        }

        Scope with(String name, List<Base> value) {
            var more = new HashMap<>(names);
            more.put(name, value);
            return new Scope(context, question, Map.copyOf(more));
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
        } catch (FHIRException | UnsupportedOperationException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("The expression '" + expression + "' cannot be evaluated: "
                    + wrong.getMessage(), wrong);
        }
    }

    /** The text of the first value; empty when there is none. @throws IllegalArgumentException as {@link #evaluate} */
    Optional<String> text(String expression, Scope scope) {
        return evaluate(expression, scope).stream().findFirst().map(engine::convertToString);
    }

    private static final class Host implements IHostApplicationServices {

        private static final List<String> FUNCTIONS = List.of("weight", "ordinal", "sum");

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
                        throw new IllegalArgumentException("Nothing is called %" + name + " here");
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
            return name.equals("sum")
                    ? sum(focus)
                    : focus.stream().flatMap(value -> weights.of(value).stream()).map(Base.class::cast).toList();
        }

        private static List<Base> sum(List<Base> numbers) {
            if (numbers.stream().allMatch(IntegerType.class::isInstance)) {
                return List.of(new IntegerType(
                        numbers.stream().mapToInt(number -> ((IntegerType) number).getValue()).sum()));
            }
            return List.of(new DecimalType(numbers.stream().map(number -> switch (number) {
                case DecimalType decimal -> decimal.getValue();
                case IntegerType integer -> BigDecimal.valueOf(integer.getValue());
                default ->
                    throw new IllegalArgumentException("sum() adds numbers, and there is a " + number.fhirType());
            }).reduce(BigDecimal.ZERO, BigDecimal::add)));
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

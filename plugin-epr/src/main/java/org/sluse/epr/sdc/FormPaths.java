// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Type;
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
        this(fhir, questionnaire, response, Moment.of(response));
    }

    FormPaths(FhirContext fhir, Questionnaire questionnaire, QuestionnaireResponse response, Moment moment) {
        this(fhir, questionnaire, response, moment, new Effort());
    }

    /** @param effort what all evaluations may take together, where one form is worked out several times */
    FormPaths(FhirContext fhir, Questionnaire questionnaire, QuestionnaireResponse response, Moment moment,
            Effort effort) {
        this.response = response;
        this.effort = effort;
        this.engine = new FHIRPathEngine(new HapiWorkerContext(fhir, new Structures(fhir)));
        engine.setHostServices(
                new FormFunctions(fhir, questionnaire, new Weights(questionnaire, response), moment, effort));
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
}

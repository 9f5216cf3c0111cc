// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Operation;

/**
 * An expression of HAPI's engine with a step behind each of its own that counts what was found: the engine itself has no bounds. Functions that read the clock, or whose work no step behind them
 * bounds, are ours. Names of the counting steps are none that an expression can be written with.
 */
final class Steps {

    static final String COUNT = "#count";
    static final String COMPARE = "#compare";
    static final String SMALL = "#small";
    /** Before the name of an element that may be a choice with its type, as JSON writes it. */
    static final String CHOICE = "#choice ";

    private static final Set<Function> OURS = EnumSet.of(Function.Now, Function.Today, Function.Matches,
            Function.MatchesFull, Function.ReplaceMatches, Function.Replace, Function.Join);
    private static final Set<Function> COMPARING = EnumSet.of(Function.Distinct, Function.IsDistinct, Function.Union,
            Function.Intersect, Function.Exclude, Function.SubsetOf, Function.SupersetOf, Function.Repeat,
            Function.Sort);
    private static final Set<Operation> COMPARISONS = EnumSet.of(Operation.Union, Operation.Equivalent,
            Operation.NotEquivalent, Operation.In, Operation.Contains);
    private static final Set<Function> PRECISE = EnumSet.of(Function.Round, Function.LowBoundary,
            Function.HighBoundary, Function.Power);

    /** Names of choices of R4 that forms and what they are filled from have, with a type behind them; FHIRPath itself knows them without (FHIRPath, "Polymorphic items"). */
    private static final Pattern CHOSEN = Pattern.compile(
            "(value|answer|effective|onset|abatement|deceased|multipleBirth|medication|performed|occurrence|scheduled|timing|asNeeded|dose|rate|collected|defaultValue|initial)[A-Z][A-Za-z]*");

    /** Whose parameter is the name of a type, and no expression. */
    private static final Set<Function> TYPED = EnumSet.of(Function.Is, Function.As, Function.OfType);

    private Steps() {}

    static void counted(ExpressionNode expression) {
        counted(expression, COUNT);
    }

    private static void counted(ExpressionNode first, String last) {
        var end = hasComparison(first) && last.equals(COUNT) ? COMPARE : last;
        var isType = false;
        for (var operand = first; operand != null; operand = operand.getOpNext()) {
            if (!isType) {
                chain(operand, end);
            }
            isType = operand.getOperation() == Operation.Is || operand.getOperation() == Operation.As;
        }
    }

    private static boolean hasComparison(ExpressionNode first) {
        for (var operand = first; operand != null; operand = operand.getOpNext()) {
            if (COMPARISONS.contains(operand.getOperation())) {
                return true;
            }
        }
        return false;
    }

    private static void chain(ExpressionNode operand, String end) {
        for (var step = operand; step != null;) {
            var next = step.getInner();
            inside(step);
            step.setInner(counting(next == null
                    ? end
                    : next.getKind() == Kind.Function && COMPARING.contains(next.getFunction()) ? COMPARE : COUNT,
                    next));
            step = next;
        }
    }

    private static void inside(ExpressionNode step) {
        if (step.getGroup() != null) {
            counted(step.getGroup(), COUNT);
        }
        if (step.getKind() == Kind.Name && CHOSEN.matcher(step.getName()).matches()) {
            step.setKind(Kind.Function);
            step.setFunction(Function.Custom);
            step.setName(CHOICE + step.getName());
            return;
        }
        if (step.getKind() != Kind.Function || TYPED.contains(step.getFunction())) {
            return;
        }
        var last = COMPARING.contains(step.getFunction())
                ? COMPARE
                : PRECISE.contains(step.getFunction()) ? SMALL : COUNT;
        step.getParameters().forEach(parameter -> counted(parameter, last));
        if (OURS.contains(step.getFunction())) {
            step.setFunction(Function.Custom);
        }
    }

    private static ExpressionNode counting(String name, ExpressionNode next) {
        var node = new ExpressionNode(0);
        node.setKind(Kind.Function);
        node.setFunction(Function.Custom);
        node.setName(name);
        node.setInner(next);
        return node;
    }
}

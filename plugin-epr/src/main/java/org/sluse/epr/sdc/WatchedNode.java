// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.jspecify.annotations.Nullable;

/**
 * An expression of a StructureMap, whose engine asks us nothing while it evaluates: each step that it looks at is counted. Functions whose work no count of steps bounds, and those that read a clock,
 * are refused before.
 */
final class WatchedNode extends ExpressionNode {

    private static final Set<Function> REFUSED = EnumSet.of(Function.Now, Function.Today, Function.Matches,
            Function.MatchesFull, Function.ReplaceMatches, Function.Replace, Function.Join, Function.Repeat,
            Function.Round, Function.Power, Function.LowBoundary, Function.HighBoundary);

    private final Effort effort;

    private WatchedNode(ExpressionNode node, Effort effort) {
        super(0);
        this.effort = effort;
        setName(node.getName());
        setConstant(node.getConstant());
        setFunction(node.getFunction());
        setOperation(node.getOperation());
        setProximal(node.isProximal());
        setStart(node.getStart());
        setEnd(node.getEnd());
        setOpStart(node.getOpStart());
        setOpEnd(node.getOpEnd());
    }

    /** The same expression, counted. @throws IllegalArgumentException it has a function that cannot be bounded */
    static ExpressionNode of(ExpressionNode node, Effort effort) {
        if (REFUSED.contains(node.getFunction())) {
            throw new IllegalArgumentException(node.getName() + "() is not evaluated in a StructureMap here");
        }
        var watched = new WatchedNode(node, effort);
        watched.setKind(node.getKind());
        watched.setInner(below(node.getInner(), effort));
        watched.setGroup(below(node.getGroup(), effort));
        watched.setOpNext(below(node.getOpNext(), effort));
        if (node.getKind() == Kind.Function) {
            node.getParameters().forEach(parameter -> watched.getParameters().add(of(parameter, effort)));
        }
        return watched;
    }

    private static @Nullable ExpressionNode below(@Nullable ExpressionNode node, Effort effort) {
        return node == null ? null : of(node, effort);
    }

    @Override
    public Kind getKind() {
        effort.spend(1);
        return super.getKind();
    }
}

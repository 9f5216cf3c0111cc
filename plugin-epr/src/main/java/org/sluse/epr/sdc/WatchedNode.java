// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.jspecify.annotations.Nullable;

/**
 * An expression of a StructureMap, whose engine asks us nothing while it evaluates: each step that it looks at is counted, and at its first one what its texts may grow to. Functions whose work no count of
 * steps bounds are refused before.
 */
final class WatchedNode extends ExpressionNode {

    private static final Set<Function> REFUSED = EnumSet.of(Function.Matches,
            Function.MatchesFull, Function.ReplaceMatches, Function.Replace, Function.Repeat, Function.Round,
            Function.Power, Function.LowBoundary, Function.HighBoundary);

    private final Runnable counter;

    private WatchedNode(ExpressionNode node, Runnable counter) {
        super(0);
        this.counter = counter;
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

    /**
     * The same expression, counted.
     *
     * @param begun is called at each step of the outermost chain's beginning
     * @param step is called at each other step
     * @throws IllegalArgumentException it has a function that cannot be bounded
     */
    static ExpressionNode of(ExpressionNode node, Runnable begun, Runnable step) {
        if (REFUSED.contains(node.getFunction())) {
            throw new IllegalArgumentException(node.getName() + "() is not evaluated in a StructureMap here");
        }
        var watched = new WatchedNode(node, begun);
        watched.setKind(node.getKind());
        watched.setInner(below(node.getInner(), step));
        watched.setGroup(below(node.getGroup(), step));
        watched.setOpNext(below(node.getOpNext(), step));
        if (node.getKind() == Kind.Function) {
            node.getParameters().forEach(parameter -> watched.getParameters().add(of(parameter, step, step)));
        }
        return watched;
    }

    private static @Nullable ExpressionNode below(@Nullable ExpressionNode node, Runnable step) {
        return node == null ? null : of(node, step, step);
    }

    @Override
    public Kind getKind() {
        counter.run();
        return super.getKind();
    }
}

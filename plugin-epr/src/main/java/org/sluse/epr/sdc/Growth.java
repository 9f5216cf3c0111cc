// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Operation;

/**
 * How many times as long as the longest text that it is given the longest text can be that an expression makes; at most, whatever the texts are. A chain of {@code select($this & $this)} doubles with each link, which nobody could
 * stop while it does.
 */
final class Growth {

    /** Beyond which nobody counts. */
    private static final double ENDLESS = 1e18;
    /** {@code &} to {@code &quot;} */
    private static final int ESCAPED = 6;
    private static final int ENCODED = 2;

    /** For {@code join()}: how many texts there may be to be joined. */
    private final double many;

    /** @param many how many values what is given has, at most */
    Growth(long many) {
        this.many = Math.max(1, many);
    }

    /** At least 1: what is only found is as long as it was. */
    double of(ExpressionNode first) {
        var together = 0.0;
        var longest = 1.0;
        for (var operand = first; operand != null; operand = operand.getOpNext()) {
            var one = chain(operand);
            longest = Math.max(longest, one);
            together += one;
            if (!joins(operand.getOperation())) {
                longest = Math.max(longest, together);
                together = 0;
            }
        }
        return Math.min(ENDLESS, Math.max(longest, together));
    }

    private static boolean joins(Operation operation) {
        return operation == Operation.Concatenate || operation == Operation.Plus;
    }

    private double chain(ExpressionNode operand) {
        var times = 1.0;
        for (var step = operand; step != null; step = step.getInner()) {
            if (step.getGroup() != null) {
                times *= of(step.getGroup());
            }
            if (step.getKind() == Kind.Function) {
                for (var parameter : step.getParameters()) {
                    times *= of(parameter);
                }
                times *= own(step.getFunction());
            }
        }
        return Math.min(ENDLESS, times);
    }

    private double own(Function function) {
        return switch (function) {
            // Each text, and what stands between.
            case Join -> 2 * many;
            case Encode, Decode -> ENCODED;
            case Escape -> ESCAPED;
            default -> 1;
        };
    }
}

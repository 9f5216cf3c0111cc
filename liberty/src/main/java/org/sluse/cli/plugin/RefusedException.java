// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

/** A jar does not hold to a rule; the message is the sentence for operator and author. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LeftOut.Reason reason;

    RefusedException(LeftOut.Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    LeftOut.Reason reason() {
        return reason;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

/** The request may have arrived, and no answer came. Look before sending again. */
public final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}

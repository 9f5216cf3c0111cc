// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

/** The recipient could not be reached, or this node may not send at the moment; certainly nothing was sent. Trying again is safe. */
public final class NotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotSentException(String message, Throwable cause) {
        super(message, cause);
    }

    public NotSentException(String message) {
        super(message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

/** A log is not as it was signed; the message says how, in a sentence without the log's name. */
final class LogAlteredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogAlteredException(String sentence) {
        super(sentence);
    }
}

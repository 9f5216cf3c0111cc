// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

/** A command that could not do its work; the message is the one sentence that the person reads. */
final class StoppedShortException extends RuntimeException {

    private final int exitCode;

    private StoppedShortException(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    static StoppedShortException refused(String sentence) {
        return new StoppedShortException(ExitCode.REFUSED, sentence);
    }

    static StoppedShortException cannotStart(String sentence) {
        return new StoppedShortException(ExitCode.CANNOT_START, sentence);
    }

    static StoppedShortException noServer(String sentence) {
        return new StoppedShortException(ExitCode.NO_SERVER, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

/** What a script can tell from how we ended; {@code --help} prints the same list. */
final class ExitCode {

    static final int OK = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int CANNOT_START = 3;
    static final int NO_SERVER = 4;
    static final int ALTERED = 5;

    private ExitCode() {
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What each command has that asks the running server of a data folder something as its operator. */
@Command
final class AsOperator extends Output {

    @Mixin
    private final DataOption data = new DataOption();

    /** The operator of that server. @throws StoppedShortException when none runs */
    Operator operator() {
        return Operator.of(data.folder());
    }
}

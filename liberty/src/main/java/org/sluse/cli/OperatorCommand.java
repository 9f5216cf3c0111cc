// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluse operator} */
@Command(name = "operator", mixinStandardHelpOptions = true, description = "Prints a link into the operator's console. It works once, within ten minutes, in whichever browser opens it first; the session that it begins ends after eight hours.")
final class OperatorCommand implements Callable<Integer> {

    @Option(names = "--end", description = "Ends every session in the console instead, and every link that is not used yet.")
    private boolean end;

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        if (end) {
            server.operator().endSessions();
            server.line("ended");
        } else {
            server.line(server.operator().link().getString("url"));
        }
        return ExitCode.OK;
    }
}

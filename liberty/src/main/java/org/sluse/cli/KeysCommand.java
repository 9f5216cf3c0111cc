// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluse keys} */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "The keys under which a tenant's data is sealed.", subcommands = KeysCommand.Rotate.class)
final class KeysCommand extends CommandGroup {

    KeysCommand() {
        super("sluse keys rotate");
    }

    /** {@code sluse keys rotate} */
    @Command(name = "rotate", mixinStandardHelpOptions = true, description = "Gives a tenant a new key while it works; the old one opens no person's data any more. One that was cut off goes on when it is asked for again. Prints the tenant and how many persons' keys the new one wraps, parted by a tab.")
    static final class Rotate implements Callable<Integer> {

        @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.line(tenant + "\t" + server.operator().rotateKeys(tenant));
            return ExitCode.OK;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse keys} */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "The keys under which data is sealed: a tenant's, and the root key above all of them.", subcommands = {
        KeysCommand.Rotate.class, KeysCommand.Wrap.class, KeysCommand.Unwrap.class})
final class KeysCommand extends CommandGroup {

    KeysCommand() {
        super("sluse keys rotate | wrap | unwrap");
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

    /** {@code sluse keys wrap} */
    @Command(name = "wrap", mixinStandardHelpOptions = true, description = "Has the file of the root key, keys/root.json, sealed by a key of a key service, which is asked at each start from then on. Prints that key. Ask each node; destroy copies of the file of before.")
    static final class Wrap implements Callable<Integer> {

        @Option(names = "--kms", paramLabel = "URI", required = true, description = "For example gcp-kms://projects/P/locations/europe-west3/keyRings/R/cryptoKeys/K.")
        private String service = "";

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.operator().wrapRootKey(service);
            server.line(service);
            return ExitCode.OK;
        }
    }

    /** {@code sluse keys unwrap} */
    @Command(name = "unwrap", mixinStandardHelpOptions = true, description = "Lays the root key into keys/root.json as it is: no key service is asked any more.")
    static final class Unwrap implements Callable<Integer> {

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.operator().unwrapRootKey();
            return ExitCode.OK;
        }
    }
}

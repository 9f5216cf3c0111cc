// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluse nodes} */
@Command(name = "nodes", mixinStandardHelpOptions = true, description = "Prints a line for each node of the installation: address, serving or silent, the revision that it has in force, when it last said so; parted by tabs.")
final class NodesCommand implements Callable<Integer> {

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        server.operator()
                .nodes()
                .forEach(node -> server.line(String.join("\t", node.getString("address"),
                        node.getBoolean("serves") ? "serving" : "silent",
                        node.getJsonNumber("revision").toString(), node.getString("seenAt"))));
        return ExitCode.OK;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse tenant offboard} */
@Command(name = "offboard", mixinStandardHelpOptions = true, description = {
        "Destroys a tenant for good, its keys, copies of keys and backups among it: what an administrator of it has asked for on its page Leave. Where it has no administrator, the first one of the operator's people who calls this asks, and another one carries it out.",
        "Prints how many rows, tables, bytes, backups and copies of keys, parted by tabs, then 'certificate' and its number. Export it first: nobody can bring it back."})
final class OffBoardCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
    private String tenant = "";

    @Option(names = "--dry-run", description = "Says what would be destroyed and who has asked for it, and changes nothing.")
    private boolean dryRun;

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        var done = server.operator().offBoard(tenant, dryRun);
        server.line(Stream.of("rows", "tables", "bytes", "backups", "keyCopies")
                .map(name -> done.getJsonNumber(name).toString())
                .collect(Collectors.joining("\t")));
        if (done.containsKey("request")) {
            var request = done.getJsonObject("request");
            server.line(String.join("\t", "asked", request.getString("askedBy"), request.getString("askedAt"),
                    request.getString("expiresAt")));
        }
        if (done.containsKey("certificate")) {
            server.line("certificate\t" + done.getString("certificate"));
            server.progress("'sluse tenant certificate " + tenant + "' shows it.");
        } else {
            server.progress("Nothing is destroyed" + (dryRun ? "." : ": another one has to carry it out."));
        }
        return ExitCode.OK;
    }
}

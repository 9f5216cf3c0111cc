// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse backup} */
@Command(name = "backup", mixinStandardHelpOptions = true, description = "Makes backups now and reads each back. Prints a line for each: tenant, backup, rows, bytes of their text, milliseconds; parted by tabs.")
final class BackupCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "TENANT", description = "Only this tenant; default: all, one after the other.")
    private @Nullable String tenant;

    @Option(names = "--to", paramLabel = "PLACE", description = "A folder on the server's machine, on another disk than the data, or a bucket that the server's settings get into: s3://BUCKET/PREFIX, gs://BUCKET/PREFIX; default: what sluse.backup.place says.")
    private @Nullable String place;

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        var operator = server.operator();
        var to = Optional.ofNullable(place).map(BackupPlace::address);
        var tenants = Optional.ofNullable(tenant)
                .map(List::of)
                .orElseGet(() -> operator.tenants().map(one -> one.getString("id")).toList());
        var refused = 0;
        for (var one : tenants) {
            try {
                var made = operator.backup(one, to);
                server.line(String.join("\t", made.getString("tenant"), made.getString("id"),
                        made.getJsonNumber("rows").toString(), made.getJsonNumber("bytes").toString(),
                        made.getJsonNumber("millis").toString()));
            } catch (StoppedShortException notMade) {
                // The others have theirs all the same.
                server.progress("sluse: %s: %s".formatted(one, notMade.getMessage()));
                refused++;
            }
        }
        return refused == 0 ? ExitCode.OK : ExitCode.REFUSED;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluse status} */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Says whether the server of a data folder runs and is ready: 'ready', or 'starting' (exit code 1), with address and process; then how it stands with the backups, and a line for each plugin that it was started without, and why.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final DataOption data = new DataOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var folder = data.folder();
        var process = folder.server()
                .process()
                .orElseThrow(
                        () -> StoppedShortException.noServer("No server is running for %s.".formatted(folder.path())));
        var address = "http://127.0.0.1:" + folder.port().read().orElse("0");
        var http = new Http(URI.create(address));
        var ready = LocalServer.isReady(http);
        output.line("%s %s process %d data %s".formatted(ready ? "ready" : "starting", address, process.pid(),
                folder.path()));
        http.find("/health/ready").flatMap(StatusCommand::backups).ifPresent(output::line);
        Quarantine.sentences(folder).forEach(output::line);
        return ready ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static Optional<String> backups(JsonObject health) {
        return health.getJsonArray("checks")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(check -> check.getString("name", "").equals("backups"))
                .map(check -> check.getJsonObject("data"))
                .findFirst()
                .map(data -> "backups: %s, newest %s, too old at %d clinics, drill %s".formatted(
                        data.getString("place").equals("set") ? "place set" : "NO PLACE IS SET",
                        data.getString("newest", "none"), data.getInt("late"),
                        (data.getString("drill", "none") + " " + data.getString("drill-result", "")).strip()));
    }
}

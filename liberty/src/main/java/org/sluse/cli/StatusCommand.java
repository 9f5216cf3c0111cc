// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluse status} */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Says whether the server of a data folder runs and is ready: 'ready', or 'starting' (exit code 1), with address and process; then a line for each plugin that it was started without, and why.")
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
        var ready = LocalServer.isReady(new Http(URI.create(address)));
        output.line("%s %s process %d data %s".formatted(ready ? "ready" : "starting", address, process.pid(),
                folder.path()));
        Quarantine.sentences(folder).forEach(output::line);
        return ready ? ExitCode.OK : ExitCode.REFUSED;
    }
}

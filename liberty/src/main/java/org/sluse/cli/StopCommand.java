// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluse stop} */
@Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops the server of a data folder, and what it started.")
final class StopCommand implements Callable<Integer> {

    @Mixin
    private final DataOption data = new DataOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var folder = data.folder();
        var stopped = new LocalServer(Installation.ours(), folder).stop();
        folder.identityProvider().process().ifPresent(process -> Child.stop(process, Duration.ofSeconds(10)));
        folder.identityProvider().remove();
        if (!stopped) {
            throw StoppedShortException.noServer("No server is running for %s.".formatted(folder.path()));
        }
        output.line("stopped");
        return ExitCode.OK;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluse demo} */
@Command(name = "demo", mixinStandardHelpOptions = true, description = {
        "Starts everything that is needed to try Sluse on this machine: a server, its PostgreSQL, an identity provider and a demo clinic.",
        "Prints one per line a word and an address, then 'ready'. Ctrl-C ends all of it; the data stays for the next time."})
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "The demo's data folder; default: .runtime/demo beside 'sluse'.")
    private @Nullable Path folder;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port on 127.0.0.1; default: ${DEFAULT-VALUE}.")
    private int port;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        // The identity provider takes the next one.
        Ports.require(port, Ports.HIGHEST - 1, output.spec());
        var installation = Installation.ours();
        var chosen = folder;
        var data = new DataFolder(chosen == null ? installation.home().resolve(".runtime/demo") : chosen);
        var server = new LocalServer(installation, data);
        data.prepare();
        server.refuseIfRunning();
        LocalServer.requireFree(port);

        var identityProvider = new IdentityProvider(installation, data);
        var address = URI.create("http://127.0.0.1:" + port);
        // Before anything is started: Ctrl-C at any moment ends what there is by then.
        var ending = new Thread(() -> end(server, identityProvider), "ending");
        Runtime.getRuntime().addShutdownHook(ending);
        output.progress("Starting the identity provider ...");
        var issuer = identityProvider.start(port + 1);

        var process = server.start(port, address, settings(data), false, output::progress);
        output.progress("Preparing the demo clinic ...");
        new DemoClinic(Operator.of(data), address, issuer, Clock.systemUTC()).prepare()
                .forEach((word, url) -> output.line(word + " " + url));
        output.line("ready");

        Child.endsWithin(process.toHandle(), Duration.ofDays(3650));
        if (ending.isAlive()) {
            return ExitCode.OK;
        }
        throw StoppedShortException
                .refused("The server has ended; %s says why.".formatted(data.logs().resolve("messages.log")));
    }

    /** What the demo may do and no other server: speak to this machine, and keep backups on the disk of the data. */
    private static Map<String, String> settings(DataFolder data) {
        return Map.of("sluse.disclosure.allow-private", "true", "sluse.backup.place",
                data.path().resolve("backups").toString(), "sluse.backup.same-disk", "true");
    }

    private void end(LocalServer server, IdentityProvider identityProvider) {
        output.progress("Stopping ...");
        try {
            server.stop();
        } finally {
            identityProvider.stop();
        }
    }
}

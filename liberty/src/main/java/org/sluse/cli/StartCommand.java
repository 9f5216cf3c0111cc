// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluse start} */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Starts a server in the background and returns when it is ready.", footer = {
        "", "Settings of your own (a certificate, an own PostgreSQL) go into DIR/sluse.properties;",
        "server-config/README.md lists them. Options of the virtual machine (a larger heap) go into DIR/jvm.options,",
        "one a line. Jars of further plugins go into DIR/plugins."})
final class StartCommand implements Callable<Integer> {

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port on 127.0.0.1; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--public-url", paramLabel = "URL", description = "The address that people type, without a path; default: that of the certificate, http://127.0.0.1:N without one.")
    private @Nullable URI publicUrl;

    @Mixin
    private final Output output = new Output();

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() {
        Ports.require(port, Ports.HIGHEST, output.spec());
        var folder = data.folder();
        var server = new LocalServer(Installation.ours(), folder);
        // Before anything is written: it is the owner's alone.
        folder.prepare();
        server.refuseIfRunning();
        var others = Tls.of(folder, System.getenv())
                .map(tls -> tls.listen(port, Optional.ofNullable(publicUrl), folder.certificate(), clock.instant(),
                        output::progress));
        var url = others.map(Tls.Listener::publicUrl)
                .or(() -> Optional.ofNullable(publicUrl))
                .orElse(URI.create("http://127.0.0.1:" + port));
        server.start(port, url, others.map(Tls.Listener::settings).orElse(Map.of()), true, output::progress);
        output.line("ready " + url);
        return ExitCode.OK;
    }
}

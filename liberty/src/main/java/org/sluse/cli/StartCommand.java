// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluse start} */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Starts a server in the background and returns when it is ready.", footer = {
        "", "Settings of your own (an own PostgreSQL, for example) go into DIR/sluse.properties;",
        "server-config/README.md lists them. Jars of further plugins go into DIR/plugins."})
final class StartCommand implements Callable<Integer> {

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port on 127.0.0.1; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--public-url", paramLabel = "URL", description = "The address that people type, without a path; default: http://127.0.0.1:N.")
    private @Nullable URI publicUrl;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Ports.require(port, Ports.HIGHEST, output.spec());
        var folder = data.folder();
        var server = new LocalServer(Installation.ours(), folder);
        var url = Optional.ofNullable(publicUrl).orElse(URI.create("http://127.0.0.1:" + port));
        server.start(port, url, Map.of(), true, output::progress);
        output.line("ready " + url);
        return ExitCode.OK;
    }
}

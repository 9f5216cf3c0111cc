// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One server and one identity provider for the whole run, each a process of its own on free ports, with an empty data folder. Both end with the tests. */
final class RunningServer {

    private static final Path HOME = Path.of(System.getProperty("sluse.home", ".."));
    private static final RunningServer ONE = new RunningServer();

    private final URI base;
    private final URI identityProvider;
    private final String operatorToken;
    private final Path data;

    private RunningServer() {
        try {
            var target = HOME.resolve("liberty/target");
            var data = Files.createTempDirectory(Files.createDirectories(target.resolve("it")), "data");
            var providerPort = CommandLine.freePort();
            this.identityProvider = URI.create("http://127.0.0.1:" + providerPort);
            startIdentityProvider(data, providerPort);
            Files.writeString(data.resolve("sluse.properties"), """
                    sluse.disclosure.allow-private=true
                    sluse.recipients=hosting
                    sluse.recipient.hosting.name=Hosting of the tests
                    sluse.recipient.hosting.address=Street 1, Oslo
                    sluse.recipient.hosting.country=NO
                    sluse.recipient.hosting.service=Hosting
                    sluse.recipient.hosting.processing=all data, encrypted
                    sluse.recipient.hosting.legal-basis=GDPR Art. 28
                    """);
            var port = CommandLine.freePort();
            this.base = URI.create("http://127.0.0.1:" + port);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> launcher("stop", "--data", data.toString())));
            var exit = launcher("start", "--data", data.toString(), "--port", Integer.toString(port));
            if (exit != 0) {
                throw new IllegalStateException(
                        "The server did not start (exit " + exit + "); " + data + "/logs says why");
            }
            this.data = data;
            this.operatorToken = Files.readString(data.resolve("operator.token")).strip();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    static RunningServer get() {
        return ONE;
    }

    URI base() {
        return base;
    }

    /** Any path segment below is an issuer. */
    URI identityProvider() {
        return identityProvider;
    }

    String operatorToken() {
        return operatorToken;
    }

    /** A command of the operator's on this server. @return the exit code */
    int command(String... arguments) {
        var whole = new ArrayList<>(Arrays.asList(arguments));
        whole.addAll(List.of("--data", data.toString()));
        return launcher(whole.toArray(String[]::new));
    }

    /** Runs the command line as the launcher does and gives its exit code. */
    private static int launcher(String... arguments) {
        try {
            return CommandLine.of(arguments).inheritIO().start().waitFor();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void startIdentityProvider(Path data, int port) throws IOException {
        var configuration = HOME.resolve("demo/src/main/config");
        var builder = new ProcessBuilder(CommandLine.java(), "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp",
                HOME.resolve("demo/target/lib").toAbsolutePath() + "/*",
                "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt").directory(configuration.toFile());
        builder.environment().put("SERVER_HOSTNAME", "127.0.0.1");
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment()
                .put("JSON_CONFIG_PATH", configuration.resolve("identity-provider.json").toAbsolutePath().toString());
        var process = builder.redirectErrorStream(true)
                .redirectOutput(data.resolve("identity-provider.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Await.until("the identity provider answers", 30, TimeUnit.SECONDS,
                () -> process.isAlive() && Http.isUp(URI.create("http://127.0.0.1:" + port + "/isalive")));
    }
}

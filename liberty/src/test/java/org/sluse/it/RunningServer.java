// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of its own process on a free port. One of them, with an identity provider, serves the whole run; all end with the tests. */
final class RunningServer {

    private static final Path HOME = Path.of(System.getProperty("sluse.home", ".."));
    private static final RunningServer ONE = first();

    private final URI base;
    private final URI identityProvider;
    private final String operatorToken;
    private final Path data;
    private final Map<String, String> environment;

    private static RunningServer first() {
        try {
            var data = CommandLine.emptyFolder();
            var providerPort = CommandLine.freePort();
            startIdentityProvider(data, providerPort);
            return new RunningServer(data, URI.create("http://127.0.0.1:" + providerPort), """
                    sluse.processor.name=Operator of the tests
                    sluse.processor.address=Street 2, Oslo
                    sluse.processor.contact=post@operator.example
                    sluse.recipients=hosting
                    sluse.recipient.hosting.name=Hosting of the tests
                    sluse.recipient.hosting.address=Street 1, Oslo
                    sluse.recipient.hosting.country=NO
                    sluse.recipient.hosting.service=Hosting
                    sluse.recipient.hosting.processing=all data, encrypted
                    sluse.recipient.hosting.legal-basis=GDPR Art. 28
                    sluse.backup.same-disk=true
                    """, Map.of("JDK_JAVA_OPTIONS", new Connects(data).option()));
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    /** A further server. @param data its folder, and what is in it already @param settings lines of its {@code sluse.properties} */
    static RunningServer start(Path data, String settings) {
        return start(data, settings, Map.of());
    }

    /** As {@link #start(Path, String)}. @param environment what its process is started with besides */
    static RunningServer start(Path data, String settings, Map<String, String> environment) {
        return new RunningServer(data, ONE.identityProvider, settings, environment);
    }

    /** A server that somebody else has started. */
    static RunningServer started(Path data, URI base) {
        return new RunningServer(data, base);
    }

    private RunningServer(Path data, URI base) {
        try {
            this.data = data;
            this.base = base;
            this.environment = Map.of();
            this.identityProvider = ONE.identityProvider;
            this.operatorToken = Files.readString(data.resolve("operator.token")).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private RunningServer(Path data, URI identityProvider, String settings) {
        this(data, identityProvider, settings, Map.of());
    }

    /** @param environment what its process is started with besides */
    private RunningServer(Path data, URI identityProvider, String settings, Map<String, String> environment) {
        try {
            this.data = data;
            this.environment = environment;
            this.identityProvider = identityProvider;
            Files.writeString(data.resolve("sluse.properties"), "sluse.disclosure.allow-private=true\n" + settings);
            var port = CommandLine.freePort();
            this.base = URI.create("http://127.0.0.1:" + port);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> launcher(Map.of(), "stop", "--data", data.toString())));
            var exit = startAgain();
            if (exit != 0) {
                throw new IllegalStateException(
                        "The server did not start (exit " + exit + "); " + data + "/logs says why");
            }
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

    Path data() {
        return data;
    }

    /** A call of the operator's, below {@code /api/operate}. */
    HttpResponse<String> operate(String method, String path, String body) {
        return Http.send(method, base.resolve("/api/operate" + path),
                Map.of("Authorization", "Bearer " + operatorToken, "Content-Type", "application/json"), body);
    }

    /** The same of one of the operator's people, by name. */
    HttpResponse<String> operateAs(String name, String method, String path, String body) {
        return Http.send(method, base.resolve("/api/operate" + path), Map.of("Authorization",
                "Bearer " + operatorToken, "Content-Type", "application/json", "X-Sluse-Operator", name), body);
    }

    /** What the server has logged since it was started. */
    String log() {
        try {
            return Files.readString(data.resolve("logs/messages.log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The number of its process. */
    long process() {
        try {
            return Long.parseLong(Files.readString(data.resolve("server.pid")).strip().split("\\D")[0]);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every connect since its start; one that was not started for that has none written down. */
    List<Connects.Connect> connects() {
        return new Connects(data).of(process());
    }

    /** Sends the process a signal, for example {@code STOP}. */
    void signal(String name) {
        try {
            var process = Long.toString(process());
            if (new ProcessBuilder("kill", "-" + name, process).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("No signal " + name + " for process " + process);
            }
        } catch (IOException cannotSignal) {
            throw new UncheckedIOException(cannotSignal);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Starts a process that has ended, at the same address and with the same environment. @return the exit code */
    int startAgain() {
        return launcher(environment, "start", "--data", data.toString(), "--port", Integer.toString(base.getPort()));
    }

    /** A command of the operator's on this server. @return the exit code */
    int command(String... arguments) {
        var whole = new ArrayList<>(Arrays.asList(arguments));
        whole.addAll(List.of("--data", data.toString()));
        return launcher(Map.of(), whole.toArray(String[]::new));
    }

    /** What a command of the operator's on this server answers. */
    String says(String... arguments) {
        var whole = new ArrayList<>(Arrays.asList(arguments));
        whole.addAll(List.of("--data", data.toString()));
        try {
            var process = CommandLine.of(whole.toArray(String[]::new))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    /** Runs the command line as the launcher does and gives its exit code. */
    private static int launcher(Map<String, String> environment, String... arguments) {
        try {
            var builder = CommandLine.of(arguments).inheritIO();
            builder.environment().putAll(environment);
            return builder.start().waitFor();
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

// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static java.util.function.Predicate.not;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluse.cli.plugin.PluginsFolder;
import org.sluse.cli.plugin.Selection;

/** The server of one data folder, as a process on this machine. */
final class LocalServer {

    private static final Duration PATIENCE_TO_START = Duration.ofMinutes(3);
    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** Liberty finds the definition with this name and {@code .xml} in the server's folder of applications. */
    private static final String APPLICATION = "sluse.war";
    /** Liberty's messages for an application that failed to start: in the container, and in a listener of ours. */
    private static final List<String> APPLICATION_CANNOT_START = List.of("CWWKZ0002E", "SRVE0265E");

    /** The setting that says where the certificate lies which the server shows to others; without it, the server is open to this machine only. */
    static final String TLS_STORE = "sluse.tls.store";
    /** The part of the configuration for that. */
    private static final String TLS = "tls.xml";

    private final Installation installation;
    private final DataFolder data;
    private final Duration patience;

    LocalServer(Installation installation, DataFolder data) {
        this(installation, data, PATIENCE_TO_START);
    }

    /** @param patience how long it may take to become ready */
    LocalServer(Installation installation, DataFolder data, Duration patience) {
        this.installation = installation;
        this.data = data;
        this.patience = patience;
    }

    /**
     * Starts the server and returns when it is ready. A plugin of the data folder that does not hold to the rules, or that keeps the server from
     * starting, is left out and told; otherwise a server that does not start is ended, and the refusal says why.
     *
     * @param settings system properties beside those that every server has
     * @param progress told what happens, in sentences
     */
    Process start(int port, URI publicUrl, Map<String, String> settings, boolean detached, Consumer<String> progress) {
        data.prepare();
        var selection = new PluginsFolder(data.plugins()).select(installation.application());
        selection.leftOut().forEach(one -> progress.accept(Quarantine.sentence(one)));
        progress.accept("Starting the server ...");
        while (true) {
            var process = launch(port, publicUrl, settings, detached, selection);
            if (becomesReady(process, port)) {
                return process;
            }
            var rest = selection.without(consoleErrors());
            if (rest.leftOut().size() == selection.leftOut().size()) {
                throw cannotStart(process, port);
            }
            stop();
            rest.leftOut()
                    .stream()
                    .filter(not(selection.leftOut()::contains))
                    .forEach(one -> progress.accept(Quarantine.sentence(one)));
            progress.accept("Starting the server without it ...");
            selection = rest;
        }
    }

    private Process launch(int port, URI publicUrl, Map<String, String> settings, boolean detached,
            Selection selection) {
        try (var lock = data.lock().orElseThrow(() -> alreadyRunning("is starting"))) {
            refuseIfRunning();
            requireFree(port);
            data.requireToken();
            writeConfiguration(port, publicUrl, settings, selection);
            data.quarantine().write(Quarantine.json(selection.leftOut()));
            var process = Child.start(command(), environment(), data.path(), console(), detached);
            data.server().write(process.toHandle());
            data.port().write(Integer.toString(port));
            return process;
        } catch (IOException cannotUnlock) {
            throw new UncheckedIOException(cannotUnlock);
        }
    }

    /** Refuses with a sentence when a server runs on this folder already. */
    void refuseIfRunning() {
        data.server().process().ifPresent(process -> {
            throw alreadyRunning("is running on port %s as process %d; 'sluse stop --data %s' ends it".formatted(
                    data.port().read().orElse("?"),
                    process.pid(), data.path()));
        });
    }

    /** Whether the server answers that it is ready, before it ends, says that the application cannot start, or takes too long. */
    private boolean becomesReady(Process process, int port) {
        var http = new Http(URI.create("http://127.0.0.1:" + port));
        var looks = patience.dividedBy(BETWEEN_LOOKS);
        for (long look = 0; look < looks && process.isAlive(); look++) {
            if (isReady(http)) {
                return true;
            }
            if (applicationCannotStart()) {
                return false;
            }
            Child.endsWithin(process.toHandle(), BETWEEN_LOOKS);
        }
        return false;
    }

    /** Whether our node says so; for a moment, Liberty is also ready with an application that could not start. */
    static boolean isReady(Http http) {
        return http.find("/health/ready")
                .map(health -> health.getJsonArray("checks").getValuesAs(JsonObject.class))
                .filter(not(List::isEmpty))
                .map(checks -> checks.stream().allMatch(check -> "UP".equals(check.getString("status", ""))))
                .orElse(false);
    }

    private boolean applicationCannotStart() {
        return consoleErrors().stream()
                .anyMatch(error -> APPLICATION_CANNOT_START.stream().anyMatch(error::startsWith));
    }

    private StoppedShortException cannotStart(Process process, int port) {
        var http = new Http(URI.create("http://127.0.0.1:" + port));
        var why = reason(http).map(reason -> " It says: " + reason).orElse("");
        var what = !process.isAlive()
                ? "ended while it was starting"
                : applicationCannotStart()
                        ? "could not start"
                        : "was not ready within %d minutes".formatted(patience.toMinutes());
        stop();
        return StoppedShortException.cannotStart(
                "The server %s; %s says more.%s".formatted(what, data.logs().resolve("messages.log"), why));
    }

    /** What this start has printed as errors, each with the lines below it. The console is empty at the beginning of a start, the log may hold the one before. */
    private List<String> consoleErrors() {
        try {
            return Arrays.stream(Files.readString(console()).split("(?m)^(?=\\[[A-Z]+ *] )"))
                    .filter(entry -> entry.startsWith("[ERROR"))
                    .map(entry -> entry.replaceFirst("^\\[ERROR *] ", ""))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path console() {
        return data.logs().resolve("console.log");
    }

    /** Ends the server if it is ours and runs; true when there was one. */
    boolean stop() {
        var running = data.server().process();
        if (running.isPresent() && !Child.stop(running.get(), PATIENCE_TO_STOP)) {
            throw StoppedShortException
                    .refused("The server did not end within %d s; process %d is still there, and %s says why."
                            .formatted(PATIENCE_TO_STOP.toSeconds(), running.get().pid(),
                                    data.logs().resolve("messages.log")));
        }
        data.server().remove();
        data.port().remove();
        return running.isPresent();
    }

    /** Refuses with a sentence when something else listens on the port. */
    static void requireFree(int port) {
        requireFree(port,
                "a free one, for example --port %d".formatted(port > Ports.HIGHEST - 200 ? port - 100 : port + 100));
    }

    /** As {@link #requireFree(int)}. @param right what the person can do */
    static void requireFree(int port, String right) {
        requireFree("127.0.0.1", port, right);
    }

    /** As {@link #requireFree(int, String)}. @param address of this machine; {@code *} for all of them */
    static void requireFree(String address, int port, String right) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address.equals("*")
                    ? new InetSocketAddress(port)
                    : new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (UnknownHostException nowhere) {
            throw foreign(address);
        } catch (IOException refused) {
            // Nothing but the words tells one from the other.
            var why = String.valueOf(refused.getMessage());
            if (why.contains("assign requested address")) {
                throw foreign(address);
            }
            throw StoppedShortException.cannotStart((why.contains("Permission denied")
                    ? "Port %d is not open to this user; right would be one above 1023 or %s."
                    : "Port %d is taken by another program; right would be %s.").formatted(port, right));
        }
    }

    private static StoppedShortException foreign(String address) {
        return StoppedShortException.cannotStart(
                "'%s' is no address of this machine; right would be one that it has.".formatted(address));
    }

    private StoppedShortException alreadyRunning(String how) {
        return StoppedShortException.cannotStart("A server for %s %s.".formatted(data.path(), how));
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(installation.java().toString());
        command.add("-XX:ErrorFile=" + data.logs().resolve("hs_err_pid%p.log"));
        command.addAll(classArchive(System.getenv()));
        command.addAll(jvmOptions(installation.liberty().resolve("lib/platform/java/java9.options")));
        command.addAll(jvmOptions(installation.configuration().resolve("jvm.options")));
        // Of two that contradict each other the virtual machine takes the later.
        var operatorsOwn = data.path().resolve("jvm.options");
        if (Files.exists(operatorsOwn)) {
            command.addAll(jvmOptions(operatorsOwn));
        }
        command.add("-jar");
        command.add(installation.liberty().resolve("bin/tools/ws-server.jar").toString());
        command.add("sluse");
        return command;
    }

    /**
     * Has the virtual machine keep the classes that it has read and verified, and use them at the next start (JEP 350); it makes the archive when it ends and makes it anew when it no
     * longer fits. All data folders of the installation share one, where the server's user may write there. It ends at once when it is asked for that together with an agent, so an operator's agent goes
     * without.
     */
    private List<String> classArchive(Map<String, String> environment) {
        return Stream.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS")
                .map(name -> environment.getOrDefault(name, ""))
                .anyMatch(options -> options.contains("-javaagent") || options.contains("-agent"))
                        ? List.of()
                        : List.of("-XX:+AutoCreateSharedArchive",
                                "-XX:SharedArchiveFile=" + (Files.isWritable(installation.runtime())
                                        ? installation.runtime()
                                        : data.liberty()).resolve("classes.jsa"));
    }

    private Map<String, String> environment() {
        return Map.of("WLP_USER_DIR", data.liberty().toString(), "WLP_OUTPUT_DIR",
                data.liberty().resolve("servers").toString(), "LOG_DIR",
                data.logs().toString(), "X_LOG_DIR", data.logs().toString());
    }

    static List<String> jvmOptions(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        } catch (IOException unreadable) {
            throw StoppedShortException.cannotStart(
                    "%s cannot be read; right would be to run this as who built it, or from a clone of your own."
                            .formatted(file));
        }
    }

    /** Our configuration afresh, so that an update of the program is an update of every server; the working area beside it stays warm. */
    private void writeConfiguration(int port, URI publicUrl, Map<String, String> settings, Selection selection) {
        var folder = data.liberty().resolve("servers/sluse");
        var bootstrap = new LinkedHashMap<String, String>();
        bootstrap.put("sluse.app", APPLICATION);
        bootstrap.put("sluse.data-dir", data.path().toString());
        bootstrap.put("sluse.http-port", Integer.toString(port));
        bootstrap.put("sluse.public-url", publicUrl.toString());
        bootstrap.putAll(settings);
        var operatorsOwn = data.path().resolve("sluse.properties");
        if (Files.exists(operatorsOwn)) {
            bootstrap.put("bootstrap.include", operatorsOwn.toString());
        }
        try {
            Files.createDirectories(folder.resolve("apps"));
            Files.writeString(folder.resolve("apps").resolve(APPLICATION + ".xml"),
                    selection.definition(installation.application()));
            try (var files = Files.newDirectoryStream(installation.configuration())) {
                for (var file : files) {
                    Files.copy(file, folder.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
                if (!settings.containsKey(TLS_STORE)) {
                    Files.delete(folder.resolve(TLS));
                }
            }
            Files.writeString(folder.resolve("bootstrap.properties"), properties(bootstrap));
        } catch (IOException unwritable) {
            throw StoppedShortException
                    .cannotStart("%s cannot be written; right would be to run this as its owner.".formatted(folder));
        }
    }

    static String properties(Map<String, String> values) {
        return values.entrySet()
                .stream()
                .map(value -> value.getKey() + "=" + value.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
    }

    /** What keeps the server from being ready, in its own words: from its health, else the last error in its log. */
    private Optional<String> reason(Http http) {
        return http.find("/health/ready")
                .map(LocalServer::downReasons)
                .filter(reasons -> !reasons.isEmpty())
                .or(this::lastError);
    }

    private static String downReasons(JsonObject health) {
        return health.getJsonArray("checks")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(check -> "DOWN".equals(check.getString("status", "")))
                .map(check -> check.getOrDefault("data", JsonValue.EMPTY_JSON_OBJECT)
                        .asJsonObject()
                        .getString("reason", check.getString("name", "")))
                .collect(Collectors.joining("; "));
    }

    private Optional<String> lastError() {
        var log = data.logs().resolve("messages.log");
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.matches("\\[.*] \\w+ \\S+ +E .*"))
                    .reduce((_, later) -> later)
                    .map(line -> line.replaceFirst("^\\[.*?] \\w+ \\S+ +E ", ""));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

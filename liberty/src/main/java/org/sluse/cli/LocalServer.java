// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The server of one data folder, as a process on this machine. */
final class LocalServer {

    private static final Duration PATIENCE_TO_START = Duration.ofMinutes(3);
    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Installation installation;
    private final DataFolder data;

    LocalServer(Installation installation, DataFolder data) {
        this.installation = installation;
        this.data = data;
    }

    /**
     * Starts the server and returns at once; {@link #awaitReady} waits for it.
     *
     * @param settings system properties beside those that every server has
     */
    Process start(int port, URI publicUrl, Map<String, String> settings, boolean detached) {
        data.prepare();
        try (var lock = data.lock().orElseThrow(() -> alreadyRunning("is starting"))) {
            refuseIfRunning();
            requireFree(port);
            data.requireToken();
            writeConfiguration(port, publicUrl, settings);
            var process = Child.start(command(), environment(), data.path(), data.logs().resolve("console.log"),
                    detached);
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

    /** Returns when the server answers that it is ready; otherwise ends it and says why it is not. */
    void awaitReady(Process process, int port) {
        var http = new Http(URI.create("http://127.0.0.1:" + port));
        var looks = PATIENCE_TO_START.dividedBy(BETWEEN_LOOKS);
        for (long look = 0; look < looks && process.isAlive(); look++) {
            if (http.isUp("/health/ready")) {
                return;
            }
            Child.endsWithin(process.toHandle(), BETWEEN_LOOKS);
        }
        var why = reason(http).map(reason -> " It says: " + reason).orElse("");
        var what = process.isAlive()
                ? "was not ready within %d minutes".formatted(PATIENCE_TO_START.toMinutes())
                : "ended while it was starting";
        stop();
        throw StoppedShortException.cannotStart(
                "The server %s; %s says more.%s".formatted(what, data.logs().resolve("messages.log"), why));
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
        requireFree(port, "a free one, for example --port %d".formatted(port > Ports.HIGHEST - 200 ? port - 100 : port + 100));
    }

    /** As {@link #requireFree(int)}. @param right what the person can do */
    static void requireFree(int port, String right) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        } catch (IOException refused) {
            // Nothing but the words tells a port of the system's from one that is in use.
            throw StoppedShortException.cannotStart(String.valueOf(refused.getMessage()).contains("Permission denied")
                    ? "Port %d is not open to this user; right would be one above 1023, for example --port 8080."
                            .formatted(port)
                    : "Port %d is taken by another program; right would be %s.".formatted(port, right));
        }
    }

    private StoppedShortException alreadyRunning(String how) {
        return StoppedShortException.cannotStart("A server for %s %s.".formatted(data.path(), how));
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(installation.java().toString());
        command.add("-javaagent:" + installation.liberty().resolve("bin/tools/ws-javaagent.jar"));
        command.addAll(jvmOptions(installation.liberty().resolve("lib/platform/java/java9.options")));
        command.addAll(jvmOptions(installation.configuration().resolve("jvm.options")));
        command.add("-jar");
        command.add(installation.liberty().resolve("bin/tools/ws-server.jar").toString());
        command.add("sluse");
        return command;
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
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Our configuration afresh, so that an update of the program is an update of every server; the working area beside it stays warm. */
    private void writeConfiguration(int port, URI publicUrl, Map<String, String> settings) {
        var folder = data.liberty().resolve("servers/sluse");
        var bootstrap = new LinkedHashMap<String, String>();
        bootstrap.put("sluse.app", installation.application().toString());
        bootstrap.put("sluse.data-dir", data.path().toString());
        bootstrap.put("sluse.http-port", Integer.toString(port));
        bootstrap.put("sluse.public-url", publicUrl.toString());
        bootstrap.putAll(settings);
        var operatorsOwn = data.path().resolve("sluse.properties");
        if (Files.exists(operatorsOwn)) {
            bootstrap.put("bootstrap.include", operatorsOwn.toString());
        }
        try {
            Files.createDirectories(folder);
            try (var files = Files.newDirectoryStream(installation.configuration())) {
                for (var file : files) {
                    Files.copy(file, folder.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES);
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

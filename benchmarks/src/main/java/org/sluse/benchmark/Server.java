// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;

/** A server of this house with a data folder of its own, as {@code ./sluse start} starts it. */
final class Server implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("sluse.home", ".")).toAbsolutePath().normalize();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final int port = Processes.freePort();

    /** @param settings lines of {@code sluse.properties} */
    Server(String settings) {
        try {
            data = Files.createTempDirectory("sluse-server");
            Files.writeString(data.resolve("sluse.properties"), settings);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    Path data() {
        return data;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns when it is ready. */
    void start() {
        Processes.awaitSuccess(launch());
    }

    /** Returns at once. @return the launcher, which ends when the server is ready */
    Process launch() {
        return Processes.launch(command("start", "--data", data.toString(), "--port", Integer.toString(port)));
    }

    /** Where it says whether it is ready. */
    URI health() {
        return address().resolve("/health/ready");
    }

    /** Returns when it has ended. */
    void stop() {
        sluse("stop", "--data", data.toString());
    }

    /** Of the running server. */
    ProcessHandle process() {
        try (var pid = new Scanner(data.resolve("server.pid"))) {
            return ProcessHandle.of(pid.nextLong()).orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As the operator. @return the body of the answer */
    String operate(String method, String path, String body) {
        try {
            return answer(HttpRequest.newBuilder(address().resolve("/api/operate" + path))
                    .header("Authorization", "Bearer " + Files.readString(data.resolve("operator.token")).strip())
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body))
                    .build());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As anybody. @return the body of the answer */
    String get(String path) {
        return answer(HttpRequest.newBuilder(address().resolve(path)).build());
    }

    private String answer(HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(request.uri().getPath() + " answers " + answer.statusCode() + ": "
                        + answer.body());
            }
            return answer.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs a command of {@code ./sluse} to its end. @return what it prints */
    static String sluse(String... arguments) {
        return Processes.run(command(arguments));
    }

    private static List<String> command(String... arguments) {
        return Stream.concat(Stream.of(HOME.resolve("sluse").toString()), Stream.of(arguments)).toList();
    }

    @Override
    public void close() {
        stop();
        Processes.delete(data);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three servers of one installation on one PostgreSQL, as {@code ./sluse start} starts them; nodes hear of a switch by looking only. */
final class ThreeNodes implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("sluse.home", ".")).toAbsolutePath().normalize();

    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedPostgres postgres;
    private final List<Node> nodes = new ArrayList<>();

    private record Node(Path data, URI address, String token) {}

    private ThreeNodes(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static ThreeNodes start() {
        try {
            var three = new ThreeNodes(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start());
            for (var one = 0; one < 3; one++) {
                three.add();
            }
            return three;
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    List<URI> addresses() {
        return nodes.stream().map(Node::address).toList();
    }

    /** @return id of a clinic that has the module on */
    String clinicWithVideo() {
        operate("POST", "/tenants",
                """
                        {"name": "Clinic North", "issuer": "https://issuer.example/north", "clientId": "sluse", "admin": "administrator-1"}""");
        turn("clinic-north", true);
        return "clinic-north";
    }

    void turn(String clinic, boolean on) {
        var answer = operate("PUT", "/tenants/" + clinic + "/plugins/video",
                "{\"on\": %s, \"accept\": [\"addresses-visible\"]}".formatted(on));
        if (!answer.contains("\"nodes\":3") || !answer.contains("\"state\":\"" + (on ? "ON" : "OFF") + "\"")) {
            throw new IllegalStateException("Not in force everywhere: " + answer);
        }
    }

    private String operate(String method, String path, String body) {
        var node = nodes.getFirst();
        try {
            var answer = http.send(HttpRequest.newBuilder(node.address().resolve("/api/operate" + path))
                    .header("Authorization", "Bearer " + node.token())
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body))
                    .build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + " was refused: " + answer.body());
            }
            return answer.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void add() throws IOException {
        var data = Files.createTempDirectory("sluse-node");
        if (!nodes.isEmpty()) {
            Files.createDirectories(data.resolve("keys"));
            Files.copy(nodes.getFirst().data().resolve("keys/root.json"), data.resolve("keys/root.json"));
        }
        Files.writeString(data.resolve("sluse.properties"), """
                sluse.postgres.url=jdbc:postgresql://127.0.0.1:%d/postgres
                sluse.postgres.user=postgres
                sluse.postgres.password=postgres
                sluse.control.notify=false
                """.formatted(postgres.getPort()));
        var port = freePort();
        sluse("start", "--data", data.toString(), "--port", Integer.toString(port));
        nodes.add(new Node(data, URI.create("http://127.0.0.1:" + port),
                Files.readString(data.resolve("operator.token")).strip()));
    }

    private static void sluse(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(HOME.resolve("sluse").toString()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).inheritIO()
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "'" + String.join(" ", command) + "' ended with " + process.exitValue());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            for (var node : nodes) {
                sluse("stop", "--data", node.data().toString());
            }
            postgres.close();
        } catch (IOException cannotStop) {
            throw new UncheckedIOException(cannotStop);
        }
    }
}

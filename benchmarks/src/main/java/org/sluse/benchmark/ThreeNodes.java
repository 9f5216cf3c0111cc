// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Three servers of one installation on one PostgreSQL; nodes hear of a switch by looking only. */
final class ThreeNodes implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final List<Server> nodes = new ArrayList<>();

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

    private void add() throws IOException {
        var node = new Server("""
                sluse.postgres.url=jdbc:postgresql://127.0.0.1:%d/postgres
                sluse.postgres.user=postgres
                sluse.postgres.password=postgres
                sluse.control.notify=false
                """.formatted(postgres.getPort()));
        if (!nodes.isEmpty()) {
            // One installation has one root key.
            Files.createDirectories(node.data().resolve("keys"));
            Files.copy(nodes.getFirst().data().resolve("keys/root.json"), node.data().resolve("keys/root.json"));
        }
        node.start();
        nodes.add(node);
    }

    List<URI> addresses() {
        return nodes.stream().map(Server::address).toList();
    }

    /** @return id of a clinic that has the module on */
    String clinicWithVideo() {
        nodes.getFirst().operate("POST", "/tenants", """
                {"name": "Clinic North"}""");
        turn("clinic-north", true);
        return "clinic-north";
    }

    void turn(String clinic, boolean on) {
        var answer = nodes.getFirst()
                .operate("PUT", "/tenants/" + clinic + "/plugins/video",
                        "{\"on\": %s, \"accept\": [\"addresses-visible\"]}".formatted(on));
        if (!answer.contains("\"nodes\":3") || !answer.contains("\"state\":\"" + (on ? "ON" : "OFF") + "\"")) {
            throw new IllegalStateException("Not in force everywhere: " + answer);
        }
    }

    @Override
    public void close() {
        nodes.forEach(Server::close);
        try {
            postgres.close();
        } catch (IOException cannotStop) {
            throw new UncheckedIOException(cannotStop);
        }
    }
}

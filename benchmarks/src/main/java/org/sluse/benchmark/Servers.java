// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Servers of one installation on one PostgreSQL (fsync on); nodes hear of a switch by looking only. */
final class Servers implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final List<Server> nodes = new ArrayList<>();

    private final String settings;
    private final Consumer<Path> preparation;

    private Servers(EmbeddedPostgres postgres, String settings, Consumer<Path> preparation) {
        this.postgres = postgres;
        this.settings = settings;
        this.preparation = preparation;
    }

    /** @param count how many */
    static Servers start(int count) {
        return start(count, "", data -> {
        });
    }

    /** The same. @param settings further lines of {@code sluse.properties} @param preparation gets each data folder before its server starts */
    static Servers start(int count, String settings, Consumer<Path> preparation) {
        try {
            var servers = new Servers(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start(), settings, preparation);
            for (var one = 0; one < count; one++) {
                servers.add();
            }
            return servers;
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
                %s
                """.formatted(postgres.getPort(), settings));
        if (!nodes.isEmpty()) {
            // One installation has one root key.
            Files.createDirectories(node.data().resolve("keys"));
            for (var key : List.of("keys/root.json", "keys/log.key")) {
                Files.copy(nodes.getFirst().data().resolve(key), node.data().resolve(key));
            }
        }
        preparation.accept(node.data());
        node.start();
        nodes.add(node);
    }

    List<URI> addresses() {
        return nodes.stream().map(Server::address).toList();
    }

    /** @return id of a clinic that has the module on */
    String clinicWithVideo() {
        operate("POST", "/tenants", """
                {"name": "Clinic North"}""");
        turn("clinic-north", true);
        return "clinic-north";
    }

    void turn(String clinic, boolean on) {
        var answer = operate("PUT", "/tenants/" + clinic + "/plugins/video",
                "{\"on\": %s, \"accept\": [\"addresses-visible\"]}".formatted(on));
        if (!answer.contains("\"nodes\":" + nodes.size())
                || !answer.contains("\"state\":\"" + (on ? "ON" : "OFF") + "\"")) {
            throw new IllegalStateException("Not in force everywhere: " + answer);
        }
    }

    /** Clinics with nothing on, as rows of the control database: their own databases are opened by nobody. Returns when the servers know them. */
    void seed(int clinics) {
        try (var control = postgres.getDatabase("postgres", "sluse_control").getConnection();
                var statement = control.createStatement()) {
            control.setAutoCommit(false);
            statement.executeUpdate(
                    """
                            insert into tenant (id, name, location, created_at)
                            select 'clinic-' || lpad(number::text, 5, '0'), 'Clinic ' || number, 'Frankfurt', now()
                            from generate_series(1, %d) number""".formatted(clinics));
            statement.executeUpdate("update revision set value = value + 1");
            control.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException("The clinics could not be made", failed);
        }
        // A switch comes back when what was there before it is in force as well.
        operate("PUT", "/plugins/video/rollout", "{\"stage\": \"EVERYBODY\", \"why\": \"A measurement\"}");
    }

    /** The data folder of the first of them. */
    Path data() {
        return nodes.getFirst().data();
    }

    /** A statement in one of the databases, as any client of PostgreSQL has it done. */
    void execute(String database, String statement) {
        try (var connection = postgres.getDatabase("postgres", database).getConnection();
                var execution = connection.createStatement()) {
            execution.executeUpdate(statement);
        } catch (SQLException failed) {
            throw new IllegalStateException("'" + statement + "' could not be executed", failed);
        }
    }

    /** As the operator. @return the body of the answer */
    String operate(String method, String path, String body) {
        return nodes.getFirst().operate(method, path, body);
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

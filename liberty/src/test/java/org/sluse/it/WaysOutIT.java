// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sluse.cli.plugin.PluginSource;
import org.sluse.host.outgoing.TestTls;

/** A plugin that talks through the gate's sockets, and one that opens a socket of its own; every connect of the server's process is written down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaysOutIT {

    private static final String PAPER = """
            {"module": "talker", "recipient": "relay", "kind": "AGREEMENT", "version": "1.0", "signer": "Manager 1", "signedOn": "2026-01-01", "sha256": "%s"}"""
            .formatted("0f".repeat(32));

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final TestTls relay = new TestTls(socket -> {
        var said = new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
        heard.add(said);
        if (said.equals("WAIT")) {
            waiting.countDown();
            socket.getInputStream().readAllBytes();
        }
        socket.getOutputStream().write("250 ok".getBytes(StandardCharsets.US_ASCII));
    });
    private final RunningServer server = start();
    private final Clinic clinic = Clinic.create(server);

    private RunningServer start() {
        try {
            var data = CommandLine.emptyFolder();
            talker().jar(data.resolve("plugins/talker.jar"));
            leaky().jar(data.resolve("plugins/leaky.jar"));
            return RunningServer.start(data, "", Map.of("JDK_JAVA_OPTIONS", new Connects(data).option()
                    + " -Djavax.net.ssl.trustStore=" + TestTls.store()
                    + " -Djavax.net.ssl.trustStorePassword=changeit"));
        } catch (RuntimeException cannotStart) {
            relay.close();
            throw cannotStart;
        }
    }

    @BeforeAll
    void switch_on() {
        var filed = server.operate("POST", "/tenants/" + clinic.id() + "/papers", PAPER);
        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
        turn("talker", true);
    }

    @AfterAll
    void stop() {
        server.command("stop");
        relay.close();
    }

    @Test
    void a_conversation_goes_through_the_gate_and_is_a_row_with_its_bytes() {
        assertThat(talk("EHLO", relay.port())).isEqualTo("250 ok");

        assertThat(newest().get("result").asText()).isEqualTo("CLOSED");
        assertThat(newest().get("bytes").asInt()).isEqualTo(4);
        assertThat(newest().get("recipient").asText()).isEqualTo("Relay AS");
        assertThat(newest().get("categories").toString()).isEqualTo("[\"CONTACT\"]");
        assertThat(server.connects()).anySatisfy(one -> {
            assertThat(one.port()).isEqualTo(relay.port());
            assertThat(one.isBy("org.sluse.host.outgoing.")).isTrue();
        });
    }

    @Test
    void what_is_not_declared_is_refused_and_nothing_is_connected() {
        var before = server.connects().stream().filter(one -> one.port() == relay.port()).count();

        assertThat(talk("EHLO", relay.port() + 1)).isEqualTo("ADDRESS_NOT_ALLOWED");
        assertThat(newest().get("result").asText()).isEqualTo("ADDRESS_NOT_ALLOWED");
        assertThat(clinic.get("/api/" + clinic.id() + "/talker/things?record=Beyond&word=EHLO&port=" + relay.port())
                .body())
                .isEqualTo("CATEGORY_NOT_GRANTED");
        assertThat(clinic.get("/api/" + clinic.id() + "/talker/things?record=Stranger&word=EHLO&port=" + relay.port())
                .body())
                .isEqualTo("UNKNOWN_RECIPIENT");

        assertThat(server.connects().stream().filter(one -> one.port() == relay.port()))
                .hasSize((int) before);
    }

    @Test
    void a_recipient_that_the_operator_has_stopped_is_not_connected_to() {
        kill(true);
        try {
            assertThat(talk("EHLO", relay.port())).isEqualTo("RECIPIENT_STOPPED");
        } finally {
            kill(false);
        }
        assertThat(talk("EHLO", relay.port())).isEqualTo("250 ok");
    }

    @Test
    void a_conversation_is_broken_off_when_the_module_goes_off() throws Exception {
        var talking = CompletableFuture.supplyAsync(() -> talk("WAIT", relay.port()));
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

        turn("talker", false);

        assertThat(talking.get(15, TimeUnit.SECONDS)).contains("broken");
        turn("talker", true);
        Await.until("the row says that it was broken off", 15, TimeUnit.SECONDS,
                () -> ledger().findValuesAsText("result").contains("NO_ANSWER"));
    }

    @Test
    void a_socket_that_a_plugin_opens_by_itself_is_found() {
        turn("leaky", true);
        assertThat(Connects.foreign(server.connects())).as("before it does").isEmpty();

        assertThat(clinic.get("/api/" + clinic.id() + "/leaky/things").body()).isEqualTo("leaked");

        assertThat(Connects.foreign(server.connects())).singleElement().satisfies(one -> {
            assertThat(one.port()).isEqualTo(relay.port());
            assertThat(one.callers()).first().isEqualTo("org.example.leaky.Things");
        });
    }

    private String talk(String word, int port) {
        return clinic.get("/api/" + clinic.id() + "/talker/things?record=Letter&word=" + word + "&port=" + port).body();
    }

    private void turn(String plugin, boolean on) {
        var answer = server.operate("PUT", "/tenants/" + clinic.id() + "/plugins/" + plugin, "{\"on\": " + on + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void kill(boolean killed) {
        var answer = server.operate("PUT", "/plugins/talker/kill",
                "{\"killed\": %s, \"recipient\": \"relay\", \"why\": \"A test\"}".formatted(killed));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode ledger() {
        return Clinic.json(clinic.administrator().get("/core/ledger"));
    }

    private JsonNode newest() {
        return ledger().get("rows").get(0);
    }

    private PluginSource talker() {
        return PluginSource.sound("talker")
                .edited("Its.java", "public List<Recipient> recipients(Settings settings) { return List.of(); }",
                        """
                                @org.sluse.disclosure.Outbound(to = "relay")
                                public record Letter(@org.sluse.disclosure.Carries(org.sluse.disclosure.DataCategory.CONTACT) String to) {}
                                @org.sluse.disclosure.Outbound(to = "relay")
                                public record Beyond(@org.sluse.disclosure.Carries(org.sluse.disclosure.DataCategory.IDENTITY) String to) {}
                                @org.sluse.disclosure.Outbound(to = "stranger")
                                public record Stranger(@org.sluse.disclosure.Carries(org.sluse.disclosure.DataCategory.CONTACT) String to) {}
                                public List<Class<? extends Record>> outbound() { return List.of(Letter.class, Beyond.class, Stranger.class); }
                                public List<Recipient> recipients(Settings settings) {
                                    return List.of(new Recipient("relay", "Relay AS", "Street 1", "NO", "module.purpose", "activity.legal-basis",
                                            java.util.Set.of(org.sluse.disclosure.DataCategory.CONTACT),
                                            List.of(java.net.URI.create("tls://localhost:PORT")), java.util.Map.of(), List.of(), List.of()));
                                }"""
                                .replace("PORT", Integer.toString(relay.port())))
                .edited("Things.java", "TenantDatabase database;",
                        "TenantDatabase database; @Inject org.sluse.disclosure.DisclosureSockets sockets;")
                .edited("Things.java", "public String count() {",
                        """
                                public String talk(@jakarta.ws.rs.QueryParam("record") String record, @jakarta.ws.rs.QueryParam("word") String word,
                                        @jakarta.ws.rs.QueryParam("port") int port) throws Exception {
                                    var type = Class.forName("org.example.talker.Its$" + record).asSubclass(Record.class);
                                    var factory = sockets.factory(new org.sluse.disclosure.OutboundConversation(type, java.util.Optional.of("patient-1")));
                                    try (var socket = factory.createSocket("localhost", port)) {
                                        socket.getOutputStream().write(word.getBytes());
                                        socket.getOutputStream().flush();
                                        return new String(socket.getInputStream().readAllBytes());
                                    } catch (org.sluse.disclosure.DisclosureRefusedException refused) {
                                        return refused.reason().name();
                                    } catch (java.io.IOException broken) {
                                        return "broken off";
                                    }
                                }

                                String count() {""");
    }

    private PluginSource leaky() {
        return PluginSource.sound("leaky")
                .edited("Things.java", "public String count() {",
                        """
                                public String leak() throws Exception {
                                    // A jar that named the class would not be let in; one that hides it is.
                                    ((java.io.Closeable) Class.forName("java.net.Socket").getConstructor(String.class, int.class)
                                            .newInstance("127.0.0.1", %d)).close();
                                    return "leaked";
                                }

                                String count() {"""
                                .formatted(relay.port()));
    }
}

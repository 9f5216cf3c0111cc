// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.sluse.host.cluster.Homes;
import org.sluse.host.postgres.RunningCluster;

/** One installation of three servers on one PostgreSQL; the third one's way there can be cut. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated
class ThreeNodesIT {

    private static final Duration LEASE = Duration.ofSeconds(10);

    private final int postgres = port();
    private final Tunnel tunnel = new Tunnel(postgres);
    private final RunningServer one = start(postgres, List.of());
    /** Started beside each other. */
    private final List<RunningServer> others = Stream.of(postgres, tunnel.port())
            .parallel()
            .map(port -> start(port, List.of(one)))
            .toList();
    private RunningServer two = others.getFirst();
    private final RunningServer three = others.getLast();
    private final Clinic clinic = Clinic.create(one);

    @BeforeAll
    void switchOn() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");
    }

    @AfterAll
    void stop() {
        Stream.of(one, two, three).parallel().forEach(node -> node.command("stop"));
        tunnel.close();
    }

    @Test
    void a_switch_is_in_force_on_every_node_when_the_answer_comes() {
        var everywhere = List.of(one, two, three);
        for (var round = 0; round < 3; round++) {
            assertThat(inForce(turn(one, false))).isEqualTo("3 of 3");
            assertThat(everywhere).allSatisfy(node -> assertThat(ask(node).statusCode()).isEqualTo(404));

            assertThat(inForce(turn(two, true))).isEqualTo("3 of 3");
            assertThat(everywhere).allSatisfy(node -> assertThat(ask(node).statusCode()).isEqualTo(401));
        }
    }

    @Test
    void sockets_on_every_node_are_closed_within_two_seconds_of_switching_off() {
        turn(one, true);
        var sockets = List.of(one, two, three)
                .stream()
                .map(node -> Socket.open(clinic.through(node), "video"))
                .toList();
        var from = System.nanoTime();

        turn(one, false);

        assertThat(sockets).allSatisfy(socket -> assertThat(socket.closed()).isEqualTo(4423));
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
        turn(one, true);
    }

    @Test
    void a_node_that_was_paused_past_its_lease_refuses_the_first_request_and_then_serves_by_the_newest_revision() {
        turn(one, true);
        var socket = Socket.open(clinic.through(two), "video");
        two.signal("STOP");
        try {
            assertThat(inForce(turn(one, false))).isEqualTo("2 of 3");
            Await.until("its lease is over", 13, TimeUnit.SECONDS, () -> inForce(turn(one, false)).equals("2 of 2"));
        } finally {
            // Waits in the machine's queue until the node goes on.
            var first = CompletableFuture.supplyAsync(() -> ask(two));
            pass(Duration.ofMillis(200));
            two.signal("CONT");
            assertThat(first.join().statusCode()).isEqualTo(503);
            assertThat(first.join().headers().firstValue("Retry-After")).isPresent();
        }
        Await.until("it serves again", 2, TimeUnit.SECONDS, () -> ask(two).statusCode() != 503);
        assertThat(ask(two).statusCode()).isEqualTo(404);
        assertThat(socket.closed()).isIn(4423, 1013);
        assertThat(inForce(turn(one, true))).isEqualTo("3 of 3");
    }

    @Test
    void a_node_that_cannot_reach_the_control_database_serves_nothing_of_any_module_from_the_tenth_second_on() {
        turn(one, true);
        tunnel.swallow();
        var from = System.nanoTime();
        try {
            assertThat(ask(three).statusCode()).as("within its lease").isNotEqualTo(503);

            Await.until("it refuses", LEASE.toSeconds(), TimeUnit.SECONDS, () -> ask(three).statusCode() == 503);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(LEASE.minusSeconds(4));
            for (var address : List.of("/api/%s/video/sessions", "/api/%s/nothing/sessions", "/fhir/%s/metadata",
                    "/ws/%s/video", "/ui/%s/video/join.js", "/%s/j", "/%s/nothing", "/openapi/%s")) {
                var answer = clinic.through(three).get(address.formatted(clinic.id()));
                assertThat(answer.statusCode()).as(address).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).as(address).isPresent();
            }
            assertThat(Http.send("GET", three.base().resolve("/health/ready"), Map.of(), "").statusCode())
                    .isEqualTo(503);
            assertThat(Http.send("GET", three.base().resolve("/health/live"), Map.of(), "").statusCode())
                    .isEqualTo(200);
        } finally {
            tunnel.open();
        }
        Await.until("it serves again", 6, TimeUnit.SECONDS, () -> ask(three).statusCode() == 401);
    }

    @Test
    void practitioner_and_patient_meet_whichever_nodes_their_pages_reach() {
        knowEachOther();
        var meeting = Meeting.plan(clinic);
        var host = meeting.host(one);
        var patient = meeting.patient(two);
        Meeting.waits(host);

        meeting.admit(host);

        assertThat(patient.hears("admitted").get("token").asText()).isNotEmpty();
        var later = meeting.patient(three);
        assertThat(patient.closed()).as("the newest socket wins on whichever node").isEqualTo(4409);
        later.hears("admitted");
        later.leave();
        host.leave();
    }

    @Test
    void who_waits_hears_that_it_is_cancelled_on_whichever_node() {
        knowEachOther();
        for (var node : List.of(one, two, three)) {
            var meeting = Meeting.plan(clinic);
            var patient = meeting.patient(two);
            patient.hears("WAITING");
            var from = System.nanoTime();

            meeting.cancel(node);

            assertThat(patient.closed()).isEqualTo(4410);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_node_that_hangs_is_its_clinics_home_for_less_than_five_seconds_and_everybody_keeps_the_place() {
        knowEachOther();
        var meeting = Meeting.plan(ofHome(two));
        var host = meeting.host(one);
        var patient = meeting.patient(three);
        var before = Meeting.waits(host);
        var from = System.nanoTime();
        two.signal("STOP");
        try {
            meetsAgain(meeting, host, patient, before);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
        } finally {
            two.signal("CONT");
        }
        knowEachOther();
        var later = meeting.host(one);
        assertThat(Meeting.waits(later).get("since")).as("whatever it does when it goes on")
                .isEqualTo(before.get("since"));
        later.leave();
    }

    /** Both pages are told to come again, and what the practitioner hears then of who waits is what it was. */
    private void meetsAgain(Meeting meeting, Socket host, Socket patient, JsonNode before) {
        assertThat(patient.closed()).isEqualTo(1013);
        assertThat(host.closed()).isEqualTo(1013);
        var patientAgain = meeting.patient(three);
        var hostAgain = meeting.host(one);
        var after = Meeting.waits(hostAgain);
        assertThat(after.get("since")).isEqualTo(before.get("since"));
        assertThat(after.get("participant")).isEqualTo(before.get("participant"));
        patientAgain.leave();
        hostAgain.leave();
    }

    /** A clinic, with video on, whose sockets this node handles. */
    private Clinic ofHome(RunningServer node) {
        var nodes = Stream.of(one, two, three).map(ThreeNodesIT::member).toList();
        return Stream.generate(() -> Clinic.create(one))
                .filter(made -> Homes.of(made.id(), nodes).equals(member(node)))
                .findFirst()
                .orElseThrow()
                .with("video", "{}", "[\"addresses-visible\"]");
    }

    /** What the others know it by. */
    private static UUID member(RunningServer node) {
        return Pattern.compile("cluster-joined self=(\\S+)")
                .matcher(node.log())
                .results()
                .map(joined -> UUID.fromString(joined.group(1)))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    /** Each hears both others. */
    private void knowEachOther() {
        turn(one, true);
        Await.until("each hears both others", 30, TimeUnit.SECONDS, () -> Stream.of(one, two, three)
                .allMatch(node -> Http.send("GET", node.base().resolve("/health/ready"), Map.of(), "")
                        .body()
                        .replaceAll("\\s", "")
                        .contains("\"others\":2")));
    }

    @Test
    void nobody_waits_for_a_node_that_was_killed_longer_than_its_lease_and_its_clinics_move_within_five_seconds() {
        turn(one, true);
        knowEachOther();
        var meeting = Meeting.plan(ofHome(two));
        var host = meeting.host(one);
        var patient = meeting.patient(three);
        var before = Meeting.waits(host);
        var from = System.nanoTime();
        two.signal("KILL");
        try {
            meetsAgain(meeting, host, patient, before);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
            assertThat(inForce(turn(one, false))).isEqualTo("2 of 3");
            Await.until("its lease is over", 13, TimeUnit.SECONDS, () -> inForce(turn(one, true)).equals("2 of 2"));
            assertThat(Clinic.json(one.operate("GET", "/nodes", ""))
                    .findValues("serves")
                    .stream()
                    .filter(JsonNode::asBoolean))
                    .hasSize(2);
        } finally {
            two = start(postgres, List.of(one));
        }
        assertThat(inForce(turn(one, false))).isEqualTo("3 of 3");
    }

    @Test
    void what_the_operator_stops_on_one_node_is_stopped_on_all() {
        turn(one, true);
        var stopped = one.operate("PUT", "/plugins/video/kill", "{\"killed\": true, \"why\": \"A fault was found\"}");
        assertThat(inForce(Clinic.json(stopped))).isEqualTo("3 of 3");
        assertThat(List.of(one, two, three)).allSatisfy(node -> assertThat(ask(node).statusCode()).isEqualTo(404));

        var allowed = two.operate("PUT", "/plugins/video/kill", "{\"killed\": false, \"why\": \"It is mended\"}");
        assertThat(inForce(Clinic.json(allowed))).isEqualTo("3 of 3");
        assertThat(List.of(one, two, three)).allSatisfy(node -> assertThat(ask(node).statusCode()).isEqualTo(401));
    }

    @Test
    void whoever_signs_out_on_one_node_is_heard_on_no_node_five_seconds_later() {
        turn(one, true);
        one.operate("POST", "/tenants/" + clinic.id() + "/people",
                "{\"subject\": \"practitioner-1\", \"name\": \"Practitioner 1\", \"roles\": [\"practitioner\"]}");
        var practitioner = clinic.practitioner();
        var sockets = List.of(one, two).stream().map(node -> {
            var ticket = Clinic.json(practitioner.send("POST", "/video/tickets/today", "{}")).get("ticket").asText();
            var socket = Socket.open(clinic.through(node), "video", practitioner.cookieHeader())
                    .say("{\"type\": \"join\", \"ticket\": \"%s\"}".formatted(ticket));
            socket.hears("joined");
            return socket;
        }).toList();
        var from = System.nanoTime();

        practitioner.send("POST", "/core/sign-out", "");

        assertThat(sockets).allSatisfy(socket -> assertThat(socket.closed()).isEqualTo(4402));
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
    }

    private JsonNode turn(RunningServer node, boolean on) {
        var answer = node.operate("PUT", "/tenants/" + clinic.id() + "/plugins/video",
                "{\"on\": %s, \"accept\": []}".formatted(on));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Clinic.json(answer);
    }

    private static String inForce(JsonNode answer) {
        return answer.at("/inForce/nodes").asText() + " of " + answer.at("/inForce/of").asText();
    }

    /** A call of nobody's: 401 where the module is on, 404 where it is off. */
    private HttpResponse<String> ask(RunningServer node) {
        return clinic.through(node).get("/api/" + clinic.id() + "/video/sessions");
    }

    private static void pass(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private static int port() {
        try (var handle = RunningCluster.POSTGRES.open("postgres")) {
            return URI.create(handle.queryMetadata(DatabaseMetaData::getURL).substring("jdbc:".length())).getPort();
        }
    }

    /** @param first of the installation, whose root key this one has too; nobody for the first itself */
    private static RunningServer start(int postgres, List<RunningServer> first) {
        var data = CommandLine.emptyFolder();
        first.forEach(node -> {
            copy(node.data().resolve("keys/root.json"), data.resolve("keys/root.json"));
            copy(node.data().resolve("keys/log.key"), data.resolve("keys/log.key"));
        });
        return RunningServer.start(data, """
                sluse.postgres.url=jdbc:postgresql://127.0.0.1:%d/postgres
                sluse.postgres.user=%s
                sluse.postgres.password=%s
                """.formatted(postgres, RunningCluster.POSTGRES.administrator().user(),
                RunningCluster.POSTGRES.administrator().password()));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException cannotCopy) {
            throw new UncheckedIOException(cannotCopy);
        }
    }
}

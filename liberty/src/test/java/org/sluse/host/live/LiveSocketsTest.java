// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.cluster.Clusters;
import org.sluse.host.gate.Gate;
import org.sluse.host.people.People;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.host.signin.StaffSessions;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.live.LiveConnection;
import org.sluse.live.LiveHandler;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.KnownTenant;

/** Sockets of a plugin that lets in whoever it is told to, and notes what it was asked. */
class LiveSocketsTest {

    private static final TenantId CLINIC = KnownTenant.CLINIC_NORTH.id();
    private static final PluginId VIDEO = new PluginId("video");
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int SIGNED_OUT = 4402;

    private final Gate gate = new Gate();
    private final Binding binding = new Binding();
    private final Bulkheads bulkheads = new Bulkheads();
    private final Map<StaffSessions.Key, Actor> sessions = new HashMap<>();
    private final Plugin plugin = new Plugin();
    private final LiveSockets sockets = new LiveSockets(gate, binding, bulkheads, Set::copyOf, this::standing,
            Clusters.alone(), asked -> Optional.<LiveHandler>of(plugin).filter(handler -> asked.equals(VIDEO)));

    private final class Plugin implements LiveHandler {

        private final List<Actor> askedBy = new ArrayList<>();
        private final List<Source> from = new ArrayList<>();
        private int closed;
        private Actor lets = KnownTenant.practitioner("1");
        private Optional<RuntimeException> fails = Optional.empty();

        @Override
        public Actor joined(LiveConnection connection, String firstMessage) {
            askedBy.add(binding.actor());
            from.add(binding.source());
            fails.ifPresent(failure -> {
                throw failure;
            });
            connection.send("who waits");
            return lets;
        }

        @Override
        public void received(LiveConnection connection, String message) {
            fails.ifPresent(failure -> {
                throw failure;
            });
            from.add(binding.source());
            connection.send("answer to " + message);
        }

        @Override
        public void closed(LiveConnection connection) {
            from.add(binding.source());
            closed++;
        }
    }

    @BeforeEach
    void switchOn() {
        gate.enforce(1, Map.of(KnownTenant.CLINIC_NORTH, List.of(VIDEO)), List.of(VIDEO), Set.of());
        gate.confirm(System.nanoTime());
    }

    @AfterEach
    void stop() {
        sockets.stop(this);
    }

    @Test
    void staff_are_heard_in_their_own_session() {
        begin("laptop", KnownTenant.practitioner("1"));
        var socket = open("laptop");

        say(socket, "join");
        say(socket, "hello");

        assertThat(socket.heard()).containsExactly("who waits", "answer to hello");
        assertThat(plugin.askedBy).containsExactly(KnownTenant.practitioner("1"));
    }

    @Test
    void what_is_said_over_a_socket_comes_from_where_its_handshake_came_from() {
        begin("laptop", KnownTenant.practitioner("1"));
        var socket = open("laptop");

        say(socket, "join");
        say(socket, "hello");
        sockets.closed(socket.session);

        assertThat(plugin.from).containsExactly(TestSocket.SOURCE, TestSocket.SOURCE, TestSocket.SOURCE);
        assertThat(plugin.closed).isEqualTo(1);
    }

    @Test
    void a_ticket_of_before_somebody_signed_out_opens_nothing_and_tells_nothing() throws InterruptedException {
        var socket = open("laptop");

        say(socket, "join");

        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
        assertThat(socket.heard()).isEmpty();
        assertThat(plugin.askedBy).containsExactly(Actor.anonymous());
        assertThat(plugin.closed).isEqualTo(1);
    }

    @Test
    void a_ticket_of_somebody_else_opens_nothing() throws InterruptedException {
        begin("laptop", KnownTenant.practitioner("2"));
        var socket = open("laptop");

        say(socket, "join");

        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
        assertThat(socket.heard()).isEmpty();
    }

    @Test
    void a_session_that_does_not_give_the_role_opens_nothing() throws InterruptedException {
        begin("laptop", new Actor(Actor.Kind.STAFF, "1", Set.of(Role.ADMINISTRATOR)));
        var socket = open("laptop");

        say(socket, "join");

        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void a_patient_needs_no_session() {
        plugin.lets = Actor.linkHolder("4");
        var socket = open("");

        say(socket, "join");

        assertThat(socket.heard()).containsExactly("who waits");
    }

    @Test
    void signing_out_here_closes_the_sockets_at_once_and_not_on_the_thread_of_whoever_signs_out()
            throws InterruptedException {
        begin("laptop", KnownTenant.practitioner("1"));
        var socket = open("laptop");
        say(socket, "join");
        sessions.clear();

        sockets.gone(new People.Gone(CLINIC));

        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
        assertThat(socket.closedBy()).doesNotContain(Thread.currentThread());
    }

    @ParameterizedTest
    @CsvSource({"unavailable, 1013", "connection, 1013", "shut-down, 1013", "refused, 4401", "fault, 4401"})
    void who_cannot_join_is_told_whether_it_helps_to_come_again(String failure, int code) throws InterruptedException {
        plugin.fails = Optional.of(failure(failure));
        var socket = open("");

        say(socket, "join");

        assertThat(socket.closed()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"unavailable, 1013", "connection, 1013", "shut-down, 1013", "refused, 4400", "fault, 4400"})
    void whose_message_cannot_be_taken_is_told_whether_it_helps_to_come_again(String failure, int code)
            throws InterruptedException {
        plugin.lets = Actor.linkHolder("4");
        var socket = open("");
        say(socket, "join");
        plugin.fails = Optional.of(failure(failure));

        say(socket, "hello");

        assertThat(socket.closed()).isEqualTo(code);
    }

    @Test
    void a_clinics_database_that_cannot_say_who_is_signed_in_is_a_reason_to_come_again() throws InterruptedException {
        sessions.put(new StaffSessions.Key("away"), Actor.anonymous());
        var socket = open("away");

        say(socket, "join");

        assertThat(socket.closed()).isEqualTo(TRY_AGAIN_LATER);
        assertThat(plugin.askedBy).isEmpty();
    }

    @Test
    void a_message_to_a_module_that_has_too_much_to_do_is_not_taken_and_other_clinics_are_not_its_business()
            throws InterruptedException {
        plugin.lets = Actor.linkHolder("4");
        var other = new TenantId("clinic-south");
        var others = IntStream.range(0, Bulkheads.AT_ONCE).mapToObj(i -> bulkheads.take(other, VIDEO)).toList();
        var socket = open("");
        say(socket, "join");
        assertThat(socket.heard()).containsExactly("who waits");
        var taken = IntStream.range(0, Bulkheads.AT_ONCE).mapToObj(i -> bulkheads.take(CLINIC, VIDEO)).toList();
        assertThat(taken).allMatch(Optional::isPresent);
        assertThat(others).allMatch(Optional::isPresent);

        say(socket, "hello");

        assertThat(socket.closed()).isEqualTo(TRY_AGAIN_LATER);
        assertThat(socket.heard()).containsExactly("who waits");
    }

    @Test
    void a_message_that_has_been_worked_on_takes_no_place_any_more() {
        plugin.lets = Actor.linkHolder("4");
        plugin.fails = Optional.of(failure("fault"));
        IntStream.range(0, 2 * Bulkheads.AT_ONCE).forEach(i -> say(open(""), "join"));
        plugin.fails = Optional.empty();
        var socket = open("");

        say(socket, "join");

        assertThat(socket.heard()).containsExactly("who waits");
        assertThat(socket.isOpen()).isTrue();
    }

    private static RuntimeException failure(String name) {
        return switch (name) {
            case "unavailable" -> new ProblemException(Problem.UNAVAILABLE, "The clinic's database does not answer");
            case "connection" -> new ConnectionException(new SQLException("no connection", "08001"));
            case "shut-down" -> new IllegalStateException("in a statement", new SQLException("ended", "57P01"));
            case "refused" -> ProblemException.notFound();
            default -> new IllegalStateException("a fault of ours");
        };
    }

    private TestSocket open(String session) {
        var socket = new TestSocket(CLINIC, VIDEO, session);
        sockets.opened(socket.socket);
        return socket;
    }

    private void say(TestSocket socket, String text) {
        sockets.received(socket.session, text);
    }

    private void begin(String session, Actor who) {
        sessions.put(new StaffSessions.Key(session), who);
    }

    private Map<StaffSessions.Key, Actor> standing(TenantId tenant, Set<StaffSessions.Key> keys) {
        if (keys.contains(new StaffSessions.Key("away"))) {
            throw new ConnectionException(new SQLException("no connection", "08001"));
        }
        var found = new HashMap<>(sessions);
        found.keySet().retainAll(keys);
        return found;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sluse.actor.Actor;
import org.sluse.host.cluster.Cluster;
import org.sluse.host.cluster.Clusters;
import org.sluse.host.gate.Gate;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.host.signin.StaffSessions;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.it.Await;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;
import org.sluse.live.LiveHandler;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.KnownTenant;

/** Sockets on a node that is not their clinic's home: two nodes in one process, joined by a real channel with TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteSocketsTest {

    private static final TenantId CLINIC = KnownTenant.CLINIC_NORTH.id();
    private static final PluginId VIDEO = new PluginId("video");
    private static final int TRY_AGAIN_LATER = 1013;

    private final Map<StaffSessions.Key, Actor> sessions = new ConcurrentHashMap<>();
    private final Node one = new Node();
    private final Node two = new Node();
    private Node home = one;
    private Node other = two;

    /** A node whose plugin lets in whoever holds a link or has a session. */
    private final class Node implements LiveHandler {

        private final Cluster cluster = Clusters.joined("sockets");
        private final Gate gate = new Gate();
        private final Binding binding = new Binding();
        private final LiveSockets sockets = new LiveSockets(gate, binding, new Bulkheads(), Set::copyOf,
                (tenant, keys) -> {
                    var found = new ConcurrentHashMap<>(sessions);
                    found.keySet().retainAll(keys);
                    return found;
                }, cluster, plugin -> Optional.<LiveHandler>of(this).filter(handler -> plugin.equals(VIDEO)));
        private final BlockingQueue<LiveConnection> joined = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final List<Source> from = new CopyOnWriteArrayList<>();

        void serve() {
            gate.enforce(1, Map.of(KnownTenant.CLINIC_NORTH, List.of(VIDEO)), List.of(VIDEO), Set.of());
            gate.confirm(System.nanoTime());
        }

        @Override
        public Actor joined(LiveConnection connection, String firstMessage) {
            from.add(binding.source());
            joined.add(connection);
            connection.send("joined by " + connection.held());
            return binding.actor().kind() == Actor.Kind.STAFF ? binding.actor() : Actor.linkHolder("4");
        }

        @Override
        public void received(LiveConnection connection, String message) {
            if (message.equals("bad")) {
                throw new IllegalStateException("not understood");
            }
            connection.send("answer to " + message);
        }

        @Override
        public void closed(LiveConnection connection) {
            closed.add(connection.id());
        }

        @Override
        public void told(String news) {
            told.add(news + " by " + binding.actor().id() + " from " + binding.source().network());
        }

        TestSocket open(String session) {
            var socket = new TestSocket(CLINIC, VIDEO, session);
            sockets.opened(socket.socket);
            return socket;
        }

        void tell(String news) {
            binding.<Void, RuntimeException>from(TestSocket.SOURCE, () -> {
                binding.run(KnownTenant.CLINIC_NORTH, KnownTenant.practitioner("7"), () -> sockets.tell(VIDEO, news));
                return null;
            });
        }
    }

    @BeforeEach
    void both_serve_and_know_each_other() {
        one.serve();
        two.serve();
        one.joined.clear();
        two.joined.clear();
        Await.until("one of them is the clinic's home", 10, TimeUnit.SECONDS,
                () -> one.cluster.home(CLINIC).isPresent() != two.cluster.home(CLINIC).isPresent());
        home = one.cluster.home(CLINIC).isEmpty() ? one : two;
        other = home == one ? two : one;
    }

    @AfterAll
    void leave() {
        one.sockets.stop(this);
        two.sockets.stop(this);
        Clusters.leave(one.cluster);
        Clusters.leave(two.cluster);
    }

    @Test
    void what_a_browser_says_is_handled_at_home_and_comes_from_where_its_handshake_came_from() throws Exception {
        var socket = other.open("");

        other.sockets.received(socket.session, "join");
        other.sockets.received(socket.session, "hello");

        assertThat(hears(socket)).isEqualTo("joined by [guest-1]");
        assertThat(hears(socket)).isEqualTo("answer to hello");
        assertThat(home.from).contains(TestSocket.SOURCE);
        assertThat(other.joined).isEmpty();
    }

    @Test
    void staff_speak_in_the_session_in_which_their_socket_was_opened() throws Exception {
        sessions.put(new StaffSessions.Key("laptop"), KnownTenant.practitioner("1"));
        var socket = other.open("laptop");
        other.sockets.received(socket.session, "join");
        assertThat(hears(socket)).startsWith("joined");

        sessions.remove(new StaffSessions.Key("laptop"));

        assertThat(socket.closed()).as("signed out on any node").isEqualTo(CloseCode.SIGNED_OUT.code());
    }

    @Test
    void long_messages_come_whole_and_in_order() throws Exception {
        var socket = other.open("");
        other.sockets.received(socket.session, "join");
        hears(socket);

        for (var number = 0; number < 20; number++) {
            other.sockets.received(socket.session, number + "æ".repeat(60_000));
        }

        for (var number = 0; number < 20; number++) {
            assertThat(hears(socket)).isEqualTo("answer to " + number + "æ".repeat(60_000));
        }
    }

    @Test
    void what_the_home_closes_is_closed_where_the_browser_is() throws Exception {
        var socket = other.open("");
        other.sockets.received(socket.session, "join");
        hears(socket);

        other.sockets.received(socket.session, "bad");

        assertThat(socket.closed()).isEqualTo(CloseCode.NOT_UNDERSTOOD.code());
    }

    @Test
    void a_browser_that_goes_is_gone_at_home() throws Exception {
        var socket = other.open("");
        other.sockets.received(socket.session, "join");
        hears(socket);
        var there = Objects.requireNonNull(home.joined.poll()).id();

        other.sockets.closed(socket.session);

        Await.until("the plugin is told", 10, TimeUnit.SECONDS, () -> home.closed.contains(there));
        assertThat(other.closed).doesNotContain(there);
    }

    @Test
    void news_of_either_node_are_told_at_home_alone_as_by_whom_they_were_said() throws Exception {
        other.tell("over");
        home.tell("changed");

        assertThat(List.of(news(home), news(home))).containsExactlyInAnyOrder("over by 7 from 192.0.2.0/24",
                "changed by 7 from 192.0.2.0/24");
        assertThat(other.told).isEmpty();
    }

    @Test
    void when_the_home_cannot_confirm_any_more_its_sockets_come_again_and_the_other_node_handles_them()
            throws Exception {
        var socket = other.open("");
        other.sockets.received(socket.session, "join");
        hears(socket);
        try {
            Clusters.lapse(home.cluster);

            assertThat(socket.closed()).isEqualTo(TRY_AGAIN_LATER);
            var again = other.open("");
            other.sockets.received(again.session, "join");
            assertThat(hears(again)).isEqualTo("joined by [guest-1]");
            assertThat(other.joined.poll()).isNotNull();
        } finally {
            Clusters.look(home.cluster);
        }
    }

    private static String hears(TestSocket socket) throws InterruptedException {
        return Objects.requireNonNull(socket.heard().poll(10, TimeUnit.SECONDS), "Nothing was heard");
    }

    private static String news(Node node) throws InterruptedException {
        return Objects.requireNonNull(node.told.poll(10, TimeUnit.SECONDS), "Nothing was told");
    }
}

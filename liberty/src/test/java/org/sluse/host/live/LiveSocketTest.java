// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.host.signin.StaffSessions;
import org.sluse.host.tenant.Source;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** One socket before a connection that hangs, breaks or refuses, as the container's would. */
class LiveSocketTest {

    private static final String PING = "ping";

    /** What has gone out, in its order: texts, {@link #PING}, and the code of a close. */
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final CountDownLatch reads = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> pingFails = new AtomicReference<>();
    private final AtomicReference<@Nullable RuntimeException> sendThrows = new AtomicReference<>();
    private final AtomicReference<@Nullable Exception> sendFails = new AtomicReference<>();
    private final LiveSocket socket = new LiveSocket(new SessionWire(session()), new TenantId("north"),
            new PluginId("video"),
            new StaffSessions.Key(""), () -> Set.of("guest-1"), Source.ITSELF);

    @BeforeEach
    void somebody_has_joined() {
        socket.joined(Actor.anonymous());
    }

    @AfterEach
    void the_other_side_reads_in_the_end() {
        reads.countDown();
    }

    @Test
    void which_links_the_browser_holds_is_known_until_somebody_has_joined() {
        var joining = new LiveSocket(new SessionWire(session()), new TenantId("north"), new PluginId("video"),
                new StaffSessions.Key(""), () -> Set.of("guest-1"), Source.ITSELF);
        assertThat(joining.held()).containsExactly("guest-1");

        joining.joined(Actor.anonymous());

        assertThat(joining.held()).isEmpty();
    }

    @Test
    void what_is_said_while_somebody_joins_goes_out_in_its_order_once_they_have() throws InterruptedException {
        var joining = new LiveSocket(new SessionWire(session()), new TenantId("north"), new PluginId("video"),
                new StaffSessions.Key(""), () -> Set.of("guest-1"), Source.ITSELF);
        joining.send("first");
        joining.send("second");
        assertThat(out).isEmpty();

        joining.joined(Actor.anonymous());

        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("second");
    }

    @Test
    void a_ping_to_somebody_who_does_not_read_keeps_nobody_waiting() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), socket::ping);

        assertThat(out).isEmpty();
    }

    @Test
    void a_message_waits_for_the_ping_that_is_under_way() throws InterruptedException {
        socket.ping();
        socket.send("first");
        assertThat(out).isEmpty();

        reads.countDown();

        assertThat(next()).isEqualTo(PING);
        assertThat(next()).isEqualTo("first");
    }

    @Test
    void a_ping_leaves_the_socket_able_to_speak() throws InterruptedException {
        reads.countDown();
        socket.ping();
        assertThat(next()).isEqualTo(PING);

        socket.send("later");

        assertThat(next()).isEqualTo("later");
    }

    @Test
    void a_socket_that_cannot_be_pinged_is_closed() throws InterruptedException {
        reads.countDown();
        pingFails.set(new IllegalStateException("another write is under way"));

        socket.ping();

        assertThat(next()).isEqualTo("1011");
    }

    @Test
    void a_socket_whose_connection_is_cut_is_closed() throws InterruptedException {
        reads.countDown();
        pingFails.set(new IOException("connection reset"));

        socket.ping();

        assertThat(next()).isEqualTo("1011");
    }

    @Test
    void a_socket_that_takes_no_message_is_closed_and_does_not_fall_silent() throws InterruptedException {
        sendThrows.set(new IllegalStateException("the connection has gone"));

        socket.send("lost");

        assertThat(next()).isEqualTo("1011");
    }

    @Test
    void a_socket_whose_message_does_not_arrive_is_closed() throws InterruptedException {
        sendFails.set(new IOException("connection reset"));

        socket.send("lost");

        assertThat(next()).isEqualTo("1011");
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(out.poll(10, TimeUnit.SECONDS), "Nothing went out");
    }

    private Session session() {
        var async = fake(RemoteEndpoint.Async.class, (_, method, arguments) -> {
            var throwing = sendThrows.get();
            if (throwing != null) {
                throw throwing;
            }
            var failing = sendFails.get();
            if (failing == null) {
                out.add(String.valueOf(arguments[0]));
            }
            ((SendHandler) arguments[1]).onResult(failing == null ? new SendResult() : new SendResult(failing));
            return null;
        });
        var basic = fake(RemoteEndpoint.Basic.class, (_, method, arguments) -> {
            reads.await();
            var failing = pingFails.get();
            if (failing != null) {
                throw failing;
            }
            out.add(PING);
            return null;
        });
        return fake(Session.class, (_, method, arguments) -> switch (method.getName()) {
            case "getId" -> "1";
            case "getAsyncRemote" -> async;
            case "getBasicRemote" -> basic;
            case "close" -> out.add(Integer.toString(((CloseReason) arguments[0]).getCloseCode().getCode()));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler does) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, does));
    }
}

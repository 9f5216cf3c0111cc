// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a plugin with a {@link org.sluse.live.LiveHandler} is held to on a running server: its sockets go with it. Extended and run as {@link PluginContract}. */
public abstract class SocketContract {

    /** RFC 6455, 7.4.2: a private code. */
    private static final int MODULE_OFF = 4423;
    private static final Duration UNTIL_OFF = Duration.ofSeconds(2);

    private final PluginUnderTest plugin;

    /** @param plugin with what it needs to be switched on */
    protected SocketContract(PluginUnderTest plugin) {
        this.plugin = plugin;
    }

    @Test
    void off_a_handshake_is_refused() {
        var clinic = TestClinic.create();

        assertThrows(CompletionException.class, () -> open(clinic));
    }

    @Test
    void off_again_while_a_socket_is_open_it_is_closed_within_two_seconds() {
        var clinic = TestClinic.create();
        plugin.switchOn(clinic);
        var socket = open(clinic);
        var switched = System.nanoTime();
        plugin.switchOff(clinic);

        assertEquals(MODULE_OFF, socket.orTimeout(10, TimeUnit.SECONDS).join());
        assertTrue(Duration.ofNanos(System.nanoTime() - switched).compareTo(UNTIL_OFF) < 0, "later than " + UNTIL_OFF);
    }

    @Test
    void a_socket_of_one_clinic_stays_open_when_its_twin_switches_off() {
        var clinic = TestClinic.create();
        var twin = TestClinic.create();
        plugin.switchOn(clinic);
        plugin.switchOn(twin);
        var socket = open(clinic);
        var closed = open(twin);

        plugin.switchOff(twin);

        assertEquals(MODULE_OFF, closed.orTimeout(10, TimeUnit.SECONDS).join());
        assertEquals(-1, socket.getNow(-1));
    }

    /** @return the code that the server closes it with, once it does */
    private CompletableFuture<Integer> open(TestClinic clinic) {
        var code = new CompletableFuture<Integer>();
        var origin = ServerUnderTest.at("/").toString().replaceAll("/$", "");
        ServerUnderTest.http()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create(clinic.at("/ws/%s/" + plugin.id()).toString().replaceFirst("http", "ws")),
                        new WebSocket.Listener() {
                            @Override
                            public @Nullable CompletionStage<?> onClose(WebSocket socket, int closedWith,
                                    String reason) {
                                code.complete(closedWith);
                                return null;
                            }
                        })
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return code;
    }
}

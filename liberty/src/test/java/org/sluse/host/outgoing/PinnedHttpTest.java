// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;

class PinnedHttpTest {

    private static final int LARGEST = 4 * 1024 * 1024;

    private final PinnedHttp demo = new PinnedHttp(new AddressPolicy(true));
    private final PinnedHttp strict = new PinnedHttp(new AddressPolicy(false));
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ok", exchange -> {
            exchange.getResponseHeaders().add("X-Twice", "first");
            exchange.getResponseHeaders().add("X-Twice", "second");
            answer(exchange, 201, "grüß".getBytes(StandardCharsets.UTF_8));
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/ok");
            answer(exchange, 307, new byte[0]);
        });
        server.createContext("/largest", exchange -> answer(exchange, 200, new byte[LARGEST]));
        server.createContext("/larger", exchange -> answer(exchange, 200, new byte[LARGEST + 1]));
        server.createContext("/broken", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        server.createContext("/busy", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "0");
            answer(exchange, 503, new byte[0]);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        demo.stop();
        strict.stop();
    }

    @Test
    void gives_status_headers_and_text_of_the_answer() {
        var answer = demo.send(get("/ok"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("grüß");
        assertThat(answer.header("x-twice")).contains("first");
    }

    @Test
    void follows_no_redirect() {
        var answer = demo.send(get("/moved"));

        assertThat(answer.status()).isEqualTo(307);
        assertThat(asked).hasValue(1);
    }

    @Test
    void asks_once_even_when_the_recipient_is_busy() {
        assertThat(demo.send(get("/busy")).status()).isEqualTo(503);
        assertThat(asked).hasValue(1);
    }

    @Test
    void takes_an_answer_of_4_mib_and_none_that_is_larger() {
        assertThat(demo.send(get("/largest")).body()).hasSize(LARGEST);

        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> demo.send(get("/larger")));
    }

    @Test
    void does_not_know_what_happened_when_the_recipient_hangs_up_and_does_not_ask_again() {
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> demo.send(get("/broken")));

        assertThat(asked).hasValue(1);
    }

    @Test
    void knows_that_nothing_was_sent_when_nobody_listens() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }

        assertThatExceptionOfType(NotSentException.class)
                .isThrownBy(() -> demo.send(get(URI.create("http://127.0.0.1:" + nobody + "/"))));
    }

    @Test
    void knows_that_nothing_was_sent_when_the_request_itself_was_refused_before_a_connection() {
        assertThatExceptionOfType(NotSentException.class)
                .isThrownBy(() -> demo.send(new HttpUriRequestBase("GET", URI.create("/no-host"))));
    }

    @Test
    void knows_that_nothing_was_sent_when_there_was_no_tls() {
        assertThatExceptionOfType(NotSentException.class).isThrownBy(
                () -> demo.send(get(URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/ok"))));

        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Long: ", "HTTP/1.1 200 OK\r\nContent-Length: 4000000\r\n\r\n"})
    void does_not_wait_for_a_recipient_who_sends_a_byte_now_and_then(String beginning) throws IOException {
        try (var dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var drops = new AtomicInteger();
            Thread.ofVirtual().start(() -> drip(dripping, beginning, drops));

            assertTimeoutPreemptively(Duration.ofSeconds(20),
                    () -> assertThatExceptionOfType(NoAnswerException.class)
                            .isThrownBy(() -> demo.send(get(URI.create("http://127.0.0.1:" + dripping.getLocalPort())),
                                    Duration.ofSeconds(1))));

            assertThat(drops.get()).isGreaterThan(2);
        }
    }

    @Test
    void does_not_wait_for_long_where_every_connection_to_the_recipient_is_in_use() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            for (var call = 0; call < 10; call++) {
                Thread.ofVirtual()
                        .start(() -> assertThatExceptionOfType(NoAnswerException.class)
                                .isThrownBy(() -> demo.send(get(address))));
                silent.accept();
            }

            assertTimeoutPreemptively(Duration.ofSeconds(20),
                    () -> assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> demo.send(get(address))));
        }
    }

    /** A byte every tenth of a second, until the other side has gone. */
    private static void drip(ServerSocket server, String beginning, AtomicInteger drops) {
        try (var socket = server.accept()) {
            var out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                LockSupport.parkNanos(100_000_000);
                out.write('x');
                out.flush();
                drops.incrementAndGet();
            }
        } catch (IOException gone) {
            // What the test waits for.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "2130706433"})
    void does_not_even_connect_to_an_address_that_is_not_public(String host) throws IOException {
        try (var listener = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            listener.configureBlocking(false);
            var port = ((InetSocketAddress) listener.getLocalAddress()).getPort();

            assertThatExceptionOfType(NotSentException.class)
                    .isThrownBy(() -> strict.send(get(URI.create("http://" + host + ":" + port + "/"))));

            assertThat(listener.accept()).isNull();
        }
    }

    private HttpUriRequestBase get(String path) {
        return get(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private static HttpUriRequestBase get(URI address) {
        return new HttpUriRequestBase("GET", address);
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        asked.incrementAndGet();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluse.host.outgoing.PinnedTls;
import org.sluse.host.outgoing.TestTls;

/** A socket as a library uses it, with a real TLS server at its other end; the gate has let it through. */
class GateSocketTest {

    private record Ended(String result, int bytes) {}

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Ended> ledger = new LinkedBlockingQueue<>();
    private final BlockingQueue<Conversation> open = new ArrayBlockingQueue<>(9);
    private final TestTls server = new TestTls(socket -> {
        socket.getOutputStream().write("220 ready\n".getBytes(StandardCharsets.US_ASCII));
        heard.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    });
    private final PinnedTls tls = TestTls.pinned(true);
    private final GateSocketFactory factory = new GateSocketFactory((plain, host, port, timeout) -> {
        var conversation = new Conversation(plain, (result, bytes) -> ledger.add(new Ended(result, bytes)));
        conversation.begin(tls.connect(plain, host, port, timeout));
        open.add(conversation);
        return conversation;
    });

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_library_talks_as_through_any_socket_and_what_it_wrote_is_counted() throws Exception {
        var socket = factory.createSocket();
        socket.setSoTimeout(5000);
        socket.connect(new InetSocketAddress("mail.example", server.port()), 5000);

        assertThat(new String(socket.getInputStream().readNBytes(9), StandardCharsets.US_ASCII))
                .isEqualTo("220 ready");
        socket.getOutputStream().write("EHLO".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write('!');
        socket.getOutputStream().flush();
        assertThat(socket.isConnected()).isTrue();
        assertThat(socket.getSoTimeout()).isEqualTo(5000);
        socket.close();
        socket.close();

        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("EHLO!");
        assertThat(ledger.poll(5, TimeUnit.SECONDS)).isEqualTo(new Ended("CLOSED", 5));
        assertThat(ledger).isEmpty();
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void what_is_broken_off_ends_at_once_for_whoever_reads_and_is_told_once() throws Exception {
        var socket = factory.createSocket("mail.example", server.port());
        socket.getInputStream().readNBytes(10);
        socket.getOutputStream().write(1);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            var reader = Thread.ofVirtual()
                    .start(() -> assertThatExceptionOfType(IOException.class)
                            .isThrownBy(() -> socket.getInputStream().read()));
            open.take().breakOff();
            reader.join();
        });

        assertThat(ledger.poll(5, TimeUnit.SECONDS)).isEqualTo(new Ended("NO_ANSWER", 1));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getOutputStream().write(1));
        socket.close();
        assertThat(ledger).isEmpty();
    }

    @Test
    void closing_a_stream_ends_the_conversation_too() throws Exception {
        var socket = factory.createSocket("mail.example", server.port());

        socket.getOutputStream().close();

        assertThat(ledger.poll(5, TimeUnit.SECONDS)).isEqualTo(new Ended("CLOSED", 0));
    }

    @Test
    void nothing_can_be_said_before_it_is_connected_nor_past_tls() throws IOException {
        var socket = factory.createSocket();

        assertThatExceptionOfType(SocketException.class).isThrownBy(socket::getOutputStream);
        assertThatExceptionOfType(SocketException.class).isThrownBy(socket::getInputStream);
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.sendUrgentData(1));
        socket.close();
        assertThat(ledger).isEmpty();
    }

    @Test
    void the_name_decides_and_not_the_address_that_a_library_has_looked_up() {
        assertThatExceptionOfType(IOException.class).isThrownBy(
                () -> factory.createSocket(java.net.InetAddress.getByName("127.0.0.1"), server.port()));

        assertThat(ledger).isEmpty();
    }
}

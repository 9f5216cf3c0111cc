// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedTlsTest {

    private final TestTls server = new TestTls(
            socket -> socket.getOutputStream().write("220 ready".getBytes(StandardCharsets.US_ASCII)));
    private final PinnedTls pinned = TestTls.pinned(true);

    @AfterEach
    void stop() {
        server.close();
        pinned.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void speaks_what_is_not_broken(String protocol) throws IOException {
        try (var old = new TestTls(
                socket -> socket.getOutputStream().write("220 ready".getBytes(StandardCharsets.US_ASCII)), protocol);
                var tls = pinned.connect(new Socket(), "mail.example", old.port(), 0)) {
            assertThat(tls.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(new String(tls.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("220 ready");
        }
    }

    @Test
    void believes_no_certificate_of_another_name() {
        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> pinned.connect(new Socket(), "other.example", server.port(), 0));
    }

    @Test
    void believes_no_certificate_that_nobody_vouches_for() {
        var distrusting = TestTls.distrusting();

        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> distrusting.connect(new Socket(), "mail.example", server.port(), 0));

        distrusting.stop();
    }

    @Test
    void does_not_even_connect_to_an_address_that_is_not_public() throws IOException {
        var strict = TestTls.pinned(false);
        try (var trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            trap.setSoTimeout(300);

            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(() -> strict.connect(new Socket(), "mail.example", trap.getLocalPort(), 0));

            assertThatExceptionOfType(java.net.SocketTimeoutException.class).isThrownBy(trap::accept);
        } finally {
            strict.stop();
        }
    }

    @Test
    void takes_no_server_that_answers_without_tls() throws IOException {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = plain.accept()) {
                    socket.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    // It was not what was wanted.
                }
            });

            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> pinned.connect(new Socket(), "mail.example", plain.getLocalPort(), 0));
        }
    }

    @Test
    void waits_for_no_server_that_says_nothing() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertTimeoutPreemptively(Duration.ofSeconds(20),
                    () -> assertThatExceptionOfType(IOException.class).isThrownBy(
                            () -> pinned.connect(new Socket(), "mail.example", silent.getLocalPort(), 200)));
        }
    }
}

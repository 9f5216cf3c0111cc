// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.tls.TestAuthority;
import org.sluse.tls.TestAuthority.Issued;

/** A server that is open to others: what it speaks with them, and with whom it does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

    private static final int TLS_1_2 = 0x0303;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;

    private final Path folder = CommandLine.emptyFolder();
    private final TestAuthority authority = new TestAuthority(folder);
    private final Path chain = folder.resolve("shown.pem");
    private final Path key = folder.resolve("shown.key");
    private final int port = freePort();
    private final PluginsServer server = new PluginsServer();

    @BeforeAll
    void start() throws IOException {
        put(authority.issue("first", "localhost"));
        server.set("""
                sluse.tls.certificate=%s
                sluse.tls.key=%s
                sluse.tls.port=%d
                sluse.disclosure.allow-private=true
                """.formatted(chain, key, port));
        var start = server.start();
        assertThat(start.exit()).as(start.said()).isZero();
        assertThat(start.said()).contains("ready https://localhost:" + port);
    }

    @AfterAll
    void stop() {
        server.command("stop");
    }

    @Test
    void people_are_served_by_tls_and_told_to_come_by_nothing_else() throws Exception {
        var answer = get("/subprocessors");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .contains("max-age=63072000");
    }

    @Test
    void a_session_is_kept_in_a_cookie_that_the_browser_guards() throws Exception {
        var link = server.command("operator")
                .said()
                .lines()
                .filter(line -> line.contains("#"))
                .findFirst()
                .orElseThrow();
        assertThat(link).contains("https://localhost:" + port);
        var request = HttpRequest.newBuilder(at("/api/operate/sign-in"))
                .header("Content-Type", "application/json")
                .header("X-Sluse-Request", "1")
                .POST(HttpRequest.BodyPublishers
                        .ofString("{\"code\": \"" + link.substring(link.indexOf('#') + 1).strip() + "\"}"))
                .build();

        var begun = trusting().send(request, BodyHandlers.ofString());

        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(204);
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("__Host-")
                .contains("; Path=/; HttpOnly; SameSite=", "; Secure")
                .doesNotContain("Domain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void what_is_current_is_spoken(String protocol) throws Exception {
        try (var socket = socket(protocol)) {
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(socket.getSession().getCipherSuite()).containsAnyOf("_GCM_", "CHACHA20");
        }
    }

    @Test
    void a_hello_by_hand_is_answered_when_it_offers_what_is_current() throws Exception {
        assertThat(answersHello(TLS_1_2, 0xC02C)).as("the refusals below would prove nothing otherwise").isTrue();
    }

    /** TLS_RSA (no forward secrecy), CBC, anonymous, NULL, 3DES, export. */
    @ParameterizedTest
    @ValueSource(ints = {0x009D, 0x002F, 0xC023, 0xC00A, 0xC019, 0xC006, 0x000A, 0x0003})
    void weak_suites_are_refused(int suite) throws Exception {
        assertThat(answersHello(TLS_1_2, suite)).isFalse();
    }

    /** TLS 1.1, TLS 1.0, SSL 3.0, with suites of their time and of ours. */
    @ParameterizedTest
    @ValueSource(ints = {0x0302, 0x0301, 0x0300})
    void old_protocols_are_refused(int version) throws Exception {
        assertThat(answersHello(version, 0xC00A)).isFalse();
        assertThat(answersHello(version, 0xC02C)).isFalse();
    }

    @Test
    void who_asks_for_another_host_or_trusts_another_authority_is_not_deceived() throws Exception {
        var stranger = new TestAuthority(Files.createTempDirectory(folder, "stranger"));

        assertThatThrownBy(() -> client(context(stranger)).send(HttpRequest.newBuilder(at("/")).build(),
                BodyHandlers.discarding())).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> trusting().send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/")).build(),
                BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void nothing_is_served_in_the_clear_but_on_this_machine() throws Exception {
        assertThat(plainAnswer()).as("to HTTP in the clear at the port of TLS").doesNotContain(" 200 ");

        for (var address : NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList()) {
            if (!address.isLoopbackAddress()) {
                try (var socket = new Socket()) {
                    assertThatThrownBy(
                            () -> socket.connect(new InetSocketAddress(address, server.base().getPort()), 1000))
                            .isInstanceOf(ConnectException.class);
                }
            }
        }
    }

    @Test
    void a_renewed_certificate_is_shown_without_a_restart_and_half_of_one_is_not() throws Exception {
        var before = shown();
        var second = authority.issue("second", "localhost");
        Files.copy(second.certificate(), chain, StandardCopyOption.REPLACE_EXISTING);

        Await.until("the server says that its files do not fit", 60, TimeUnit.SECONDS,
                () -> server.get("/health/ready").body().contains("FILES_NOT_USABLE"));
        assertThat(shown()).isEqualTo(before);

        Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
        Await.until("the new certificate is shown", 60, TimeUnit.SECONDS, () -> !shown().equals(before));

        assertThat(get("/subprocessors").statusCode()).isEqualTo(200);
        assertThat(server.get("/health/ready").body()).contains("\"daysLeft\"").doesNotContain("FILES_NOT_USABLE");
    }

    private static int freePort() {
        try {
            return CommandLine.freePort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private void put(Issued issued) throws IOException {
        Files.copy(issued.certificate(), chain, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(issued.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private URI at(String path) {
        return URI.create("https://localhost:" + port + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return trusting().send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private HttpClient trusting() {
        return client(context(authority));
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static SSLContext context(TestAuthority trusted) {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted.trust());
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    private SSLSocket socket(String protocol) throws IOException {
        var socket = (SSLSocket) context(authority).getSocketFactory().createSocket("localhost", port);
        socket.setEnabledProtocols(new String[]{protocol});
        return socket;
    }

    private String plainAnswer() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /subprocessors HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(100), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    private X509Certificate shown() {
        try (var socket = socket("TLSv1.3")) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    /**
     * Whether the server goes on after a ClientHello that offers this and nothing else (RFC 5246, 7.4.1.2). By hand, since Java has given up what must be refused: a record of kind 22
     * is a ServerHello, anything else a refusal.
     */
    private boolean answersHello(int version, int suite) throws IOException {
        var extensions = ByteBuffer.allocate(100)
                // Groups: P-256, P-384. Forms of points: uncompressed. Signatures: ECDSA with SHA-256 and SHA-384, RSA with SHA-256.
                .put(HexFormat.of().parseHex("000a0006000400170018" + "000b00020100" + "000d00080006040305030401"))
                .flip();
        var hello = ByteBuffer.allocate(200)
                .putShort((short) version)
                .put(new byte[32])
                .put((byte) 0)
                .putShort((short) 2)
                .putShort((short) suite)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) extensions.remaining())
                .put(extensions)
                .flip();
        var record = ByteBuffer.allocate(300)
                .put((byte) HANDSHAKE)
                .putShort((short) version)
                .putShort((short) (hello.remaining() + 4))
                .putInt(CLIENT_HELLO << 24 | hello.remaining())
                .put(hello)
                .flip();
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(record.array(), 0, record.remaining());
            return socket.getInputStream().read() == HANDSHAKE;
        } catch (SocketException reset) {
            return false;
        }
    }
}

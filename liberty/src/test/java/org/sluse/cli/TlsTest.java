// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.tls.TestAuthority;
import org.sluse.tls.TestAuthority.Issued;

class TlsTest {

    @TempDir
    private static Path authorityFolder;
    private static Issued issued;
    private static Issued ended;

    @TempDir
    private Path folder = Path.of("");

    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void issue() {
        var authority = new TestAuthority(authorityFolder);
        issued = authority.issue("server", "clinics.example");
        ended = authority.issueEnded("ended", "clinics.example");
    }

    @Test
    void without_a_certificate_a_server_is_open_to_this_machine_only() {
        assertThat(Tls.of(new DataFolder(folder), Map.of())).isEmpty();
    }

    @Test
    void the_environment_goes_before_the_file() throws IOException {
        set("sluse.tls.certificate=/file.pem\nsluse.tls.key=/file.key\nsluse.tls.port=9443\n");

        assertThat(Tls.of(new DataFolder(folder), Map.of("SLUSE_TLS_CERTIFICATE", "/environment.pem")))
                .contains(new Tls(Path.of("/environment.pem"), Path.of("/file.key"), 9443, "*"));
    }

    @Test
    void half_of_it_and_a_port_that_is_none_are_refused() throws IOException {
        set("sluse.tls.certificate=/file.pem\n");
        assertThatThrownBy(() -> Tls.of(new DataFolder(folder), Map.of())).hasMessageContaining("right would be both");

        set("sluse.tls.certificate=/file.pem\nsluse.tls.key=/file.key\nsluse.tls.port=https\n");
        assertThatThrownBy(() -> Tls.of(new DataFolder(folder), Map.of()))
                .hasMessageContaining("sluse.tls.port is 'https'");
    }

    @Test
    void people_go_where_the_certificate_says() throws IOException {
        var listener = listen(issued, Optional.empty(), freePort());

        assertThat(listener.publicUrl().toString()).startsWith("https://clinics.example:");
        assertThat(listener.settings()).containsKeys("sluse.tls.store", "sluse.tls.password");
        assertThat(folder.resolve("tls/server.p12")).exists();
        assertThat(said).isEmpty();
    }

    @Test
    void another_address_than_the_certificates_and_one_without_tls_are_refused() throws IOException {
        var port = freePort();

        assertThatThrownBy(() -> listen(issued, Optional.of(URI.create("https://other.example")), port))
                .isInstanceOf(StoppedShortException.class)
                .hasMessageContaining("is not for https://other.example")
                .hasMessageContaining("--public-url");
        assertThatThrownBy(() -> listen(issued, Optional.of(URI.create("http://clinics.example")), port))
                .isInstanceOf(StoppedShortException.class);
    }

    @Test
    void one_that_has_ended_is_shown_and_said() throws IOException {
        listen(ended, Optional.empty(), freePort());

        assertThat(said).singleElement().asString().contains("has ended on").contains("browsers refuse it");
    }

    @Test
    void a_port_that_is_taken_is_said() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> listen(issued, Optional.empty(), other.getLocalPort()))
                    .isInstanceOf(StoppedShortException.class)
                    .hasMessageContaining("is taken by another program")
                    .hasMessageContaining("sluse.tls.port");
        }
    }

    private Tls.Listener listen(Issued which, Optional<URI> publicUrl, int port) {
        return listen(which, publicUrl, port, "127.0.0.1");
    }

    private Tls.Listener listen(Issued which, Optional<URI> publicUrl, int port, String address) {
        return new Tls(which.certificate(), which.key(), port, address)
                .listen(1, publicUrl, folder.resolve("tls/server.p12"), Instant.now(), said::add);
    }

    @Test
    void an_address_of_another_machine_and_the_port_of_this_one_are_refused() throws IOException {
        var port = freePort();

        assertThatThrownBy(() -> listen(issued, Optional.empty(), port, "192.0.2.1"))
                .isInstanceOf(StoppedShortException.class)
                .hasMessage("'192.0.2.1' is no address of this machine; right would be one that it has.");
        assertThatThrownBy(() -> listen(issued, Optional.empty(), 1))
                .isInstanceOf(StoppedShortException.class)
                .hasMessageContaining("are both 1; right would be two ports");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void set(String properties) throws IOException {
        Files.writeString(folder.resolve("sluse.properties"), properties);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {

    @TempDir
    private static Path folder;

    private static TestAuthority authority;

    @BeforeAll
    static void found_an_authority() {
        authority = new TestAuthority(folder);
    }

    @Test
    void a_chain_and_its_key_become_a_store_that_the_container_reads() throws Exception {
        var issued = authority.issue("whole", "clinics.example");

        var read = ServerCertificate.read(issued.certificate(), issued.key());
        read.write(folder.resolve("tls/server.p12"), "secret");

        assertThat(read.until()).isAfter(Instant.now().plus(Duration.ofDays(300)));
        assertThat(read.name()).contains("clinics.example");
        try (var file = Files.newInputStream(folder.resolve("tls/server.p12"))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, "secret".toCharArray());
            assertThat(store.getCertificateChain("server")).hasSize(2);
            assertThat(store.getKey("server", "secret".toCharArray())).isEqualTo(read.key());
        }
        assertThat(folder.resolve("tls")).isDirectoryNotContaining("glob:**.next");
        assertThat(Files.getPosixFilePermissions(folder.resolve("tls/server.p12"))).hasSize(2);
    }

    @Test
    void it_is_for_its_own_name_and_one_label_below_a_wildcard() throws Exception {
        var one = authority.issue("one", "clinics.example");
        var wild = authority.issue("wild", "*.example.org");

        var exact = ServerCertificate.read(one.certificate(), one.key());
        var wildcard = ServerCertificate.read(wild.certificate(), wild.key());

        assertThat(exact.isFor("CLINICS.example")).isTrue();
        assertThat(exact.isFor("other.example")).isFalse();
        assertThat(exact.isFor("a.clinics.example")).isFalse();
        assertThat(wildcard.isFor("north.example.org")).isTrue();
        assertThat(wildcard.isFor("example.org")).isFalse();
        assertThat(wildcard.isFor("a.north.example.org")).isFalse();
        assertThat(wildcard.name()).isEmpty();
    }

    @Test
    void rsa_serves_too() throws Exception {
        var issued = authority.selfSigned("rsa", "clinics.example", "RSA");

        assertThat(ServerCertificate.read(issued.certificate(), issued.key()).key().getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void the_key_of_another_certificate_is_refused() {
        var one = authority.issue("mine", "clinics.example");
        var other = authority.issue("theirs", "clinics.example");

        assertThatThrownBy(() -> ServerCertificate.read(one.certificate(), other.key()))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("is not that of the first certificate")
                .hasMessageContaining("right would be");
    }

    @Test
    void a_chain_in_the_wrong_order_is_refused() throws Exception {
        var issued = authority.issue("turned", "clinics.example");
        var stranger = authority.selfSigned("stranger", "clinics.example", "EC");
        Files.writeString(folder.resolve("turned.pem"),
                Files.readString(folder.resolve("turned.cer")) + Files.readString(stranger.certificate()));

        assertThatThrownBy(() -> ServerCertificate.read(issued.certificate(), issued.key()))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("no chain of certificates");
    }

    @Test
    void keys_in_another_form_are_refused_with_the_command_that_turns_them() throws Exception {
        var issued = authority.issue("old", "clinics.example");
        var old = Files.writeString(folder.resolve("old.rsa"),
                Files.readString(issued.key()).replace("PRIVATE KEY", "RSA PRIVATE KEY"));
        var locked = Files.writeString(folder.resolve("old.locked"),
                Files.readString(issued.key()).replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        var empty = Files.writeString(folder.resolve("old.empty"), "");

        for (var key : new Path[]{old, locked, empty}) {
            assertThatThrownBy(() -> ServerCertificate.read(issued.certificate(), key))
                    .isInstanceOf(UnusableCertificateException.class)
                    .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        }
    }

    @Test
    void what_cannot_be_read_is_said_by_its_name() {
        assertThatThrownBy(() -> ServerCertificate.read(folder.resolve("nowhere.pem"), folder.resolve("nowhere.key")))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("nowhere.pem cannot be read");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.host.certificate.Shown.Alarm;
import org.sluse.tls.TestAuthority;
import org.sluse.tls.TestAuthority.Issued;

class CertificateWatchTest {

    @TempDir
    private static Path authorityFolder;
    private static Issued first;
    private static Issued second;

    @TempDir
    private Path folder = Path.of("");

    private CertificateWatch.Files files = new CertificateWatch.Files(folder, folder, folder, "");
    private CertificateWatch watch = new CertificateWatch(Optional.empty(), Clock.systemUTC());

    @BeforeAll
    static void issue() {
        var authority = new TestAuthority(authorityFolder);
        first = authority.issue("first", "clinics.example");
        second = authority.issue("second", "clinics.example");
    }

    @BeforeEach
    void put_the_first() throws IOException {
        files = new CertificateWatch.Files(folder.resolve("chain.pem"), folder.resolve("key.pem"),
                folder.resolve("tls/server.p12"), "secret");
        watch = new CertificateWatch(Optional.of(files), Clock.systemUTC());
        put(first.certificate(), files.certificate());
        put(first.key(), files.key());
        watch.look(files);
    }

    @Test
    void shows_what_lies_in_the_files() throws Exception {
        assertThat(store()).isEqualTo(own(first));
        assertThat(watch.shown()).hasValueSatisfying(shown -> assertThat(shown.unusable()).isEmpty());
    }

    @Test
    void shows_the_new_one_once_both_files_are_new() throws Exception {
        put(second.certificate(), files.certificate());
        watch.look(files);
        assertThat(store()).as("half of a renewal").isEqualTo(own(first));
        assertThat(alarm()).contains(Alarm.FILES_NOT_USABLE);

        put(second.key(), files.key());
        watch.look(files);
        assertThat(store()).isEqualTo(own(second));
        assertThat(alarm()).isEmpty();
    }

    @Test
    void writes_nothing_while_nothing_changes() throws IOException {
        Files.delete(files.store());

        watch.look(files);

        assertThat(files.store()).doesNotExist();
    }

    @Test
    void keeps_what_it_shows_when_the_files_are_gone_and_says_so() throws Exception {
        Files.delete(files.key());

        watch.look(files);

        assertThat(store()).isEqualTo(own(first));
        assertThat(watch.shown().orElseThrow().unusable()).hasValueSatisfying(
                why -> assertThat(why).contains("key.pem cannot be read"));
    }

    @Test
    void calls_somebody_three_weeks_before_the_end_and_after_it() {
        var until = Instant.parse("2027-01-31T00:00:00Z");
        var shown = new Shown(until, Optional.empty());

        assertThat(shown.alarm(until.minus(Duration.ofDays(22)))).isEmpty();
        assertThat(shown.alarm(until.minus(Duration.ofDays(20)))).contains(Alarm.ENDS_SOON);
        assertThat(shown.daysLeft(until.minus(Duration.ofDays(20)))).isEqualTo(20);
        assertThat(shown.alarm(until)).contains(Alarm.ENDED);
        assertThat(shown.daysLeft(until.plusSeconds(1))).isZero();
    }

    private Optional<Alarm> alarm() {
        return watch.shown().orElseThrow().alarm(Clock.fixed(Instant.now(), ZoneOffset.UTC).instant());
    }

    private X509Certificate store() throws Exception {
        try (var file = Files.newInputStream(files.store())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, "secret".toCharArray());
            return (X509Certificate) store.getCertificate("server");
        }
    }

    private static X509Certificate own(Issued issued) throws Exception {
        return org.sluse.tls.ServerCertificate.read(issued.certificate(), issued.key()).chain().getFirst();
    }

    private static void put(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.google.GoogleAccess;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.testkit.KnownIds;

class CloudsTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);

    private final Map<String, String> settings = new HashMap<>();
    private final PersistentHttp http = new PersistentHttp(time -> {
        throw new AssertionError("Nobody is asked");
    });
    private final Clouds clouds = new Clouds(name -> Optional.ofNullable(settings.get(name)), http,
            new GoogleAccess(http, Optional.empty(), URI.create("http://127.0.0.1:1/nobody"), NOON), NOON,
            new KnownIds());
    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void all_that_s3_needs() throws IOException {
        settings.put("sluse.backup.s3.region", "eu-north-1");
        settings.put("sluse.backup.s3.access-key", "access");
        settings.put("sluse.backup.s3.secret-key-file",
                Files.writeString(folder.resolve("secret"), "never-said\n").toString());
    }

    private ThrowableAssertAlternative<BackupRefusedException> refused(String address) {
        return assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> clouds.at(address))
                .withMessageContaining("right would be")
                .withMessageNotContaining("never-said");
    }

    @Test
    void a_place_is_called_as_the_operator_calls_it() {
        assertThat(clouds.at("s3://clinic-backups/nights/")).hasToString("s3://clinic-backups/nights");
        assertThat(clouds.at("gs://clinic-backups")).hasToString("gs://clinic-backups");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3://Upper/nights", "s3:///nights", "ftp://clinic-backups/nights",
            "s3://clinic-backups/../other", "s3://clinic-backups/a?b"})
    void nothing_else_is_a_place(String address) {
        refused(address).withMessageStartingWith("'" + address + "' is no place for backups; right would be s3://");
    }

    @Test
    void a_key_in_an_address_is_not_said() {
        refused("s3://access:never-said@clinic-backups/a")
                .withMessageStartingWith("'s3://...@clinic-backups/a' is no place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "access-key", "secret-key-file"})
    void what_is_missing_is_named(String setting) {
        settings.remove("sluse.backup.s3." + setting);

        refused("s3://clinic-backups").withMessageStartingWith("Setting 'sluse.backup.s3." + setting + "' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "two\nlines"})
    void a_file_that_is_not_one_key_is_refused(String text) throws IOException {
        Files.writeString(folder.resolve("secret"), text);

        refused("s3://clinic-backups").withMessageContaining("cannot be read as one secret key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://s3.example.org", "https://s3.example.org/path", "s3.example.org",
            "not an address"})
    void a_store_has_tls_and_no_path(String endpoint) {
        settings.put("sluse.backup.s3.endpoint", endpoint);

        refused("s3://clinic-backups").withMessageStartingWith("sluse.backup.s3.endpoint is '" + endpoint + "'");
    }

    @Test
    void what_opens_a_store_is_not_repeated() {
        settings.put("sluse.backup.s3.endpoint", "https://KEY:SECRET@s3.example.org");

        refused("s3://clinic-backups")
                .withMessageStartingWith("sluse.backup.s3.endpoint is 'https://...@s3.example.org'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://s3.example.org", "https://s3.example.org:9000/", "http://127.0.0.1:9000"})
    void a_store_of_ones_own_is_taken(String endpoint) {
        settings.put("sluse.backup.s3.endpoint", endpoint);

        assertThat(clouds.at("s3://clinic-backups")).hasToString("s3://clinic-backups");
    }

    @Test
    void an_operators_firewall_hears_where_a_store_is() {
        settings.put("sluse.backup.s3.endpoint", "https://s3.example.org:9000");

        assertThat(clouds.at("s3://clinic-backups").addresses())
                .containsExactly(URI.create("https://s3.example.org:9000"));
        assertThat(clouds.at("gs://clinic-backups").addresses()).containsExactlyInAnyOrder(CloudStoragePlace.GOOGLE,
                URI.create("http://127.0.0.1:1/nobody"));
    }
}

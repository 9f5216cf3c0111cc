// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.tls.TestAuthority;
import org.sluse.tls.TestAuthority.Issued;

/** A real PostgreSQL that speaks TLS, asked in the one way that {@link ClusterAddress} lets pass for another machine. */
class PostgresOverTlsTest {

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static EmbeddedPostgres cluster;

    @BeforeAll
    static void start() throws IOException {
        authority = new TestAuthority(folder);
        cluster = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("data")).start();
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
    }

    @Test
    void one_that_shows_its_name_is_spoken_to_by_tls() throws Exception {
        show(authority.issue("right", "localhost"));

        try (var connection = DriverManager.getConnection(address("localhost"), "postgres", "");
                var statement = connection.createStatement();
                var found = statement.executeQuery("select version from pg_stat_ssl where pid = pg_backend_pid()")) {
            found.next();
            assertThat(found.getString(1)).startsWith("TLSv1.");
        }
    }

    @Test
    void another_name_than_was_asked_for_is_refused() {
        show(authority.issue("other", "db.example"));

        refused("localhost");
    }

    @Test
    void a_certificate_that_has_ended_is_refused() {
        show(authority.issueEnded("ended", "localhost"));

        refused("localhost");
    }

    @Test
    void one_that_vouches_for_itself_is_refused() {
        show(authority.selfSigned("itself", "localhost", "EC"));

        refused("localhost");
    }

    @Test
    void one_that_speaks_no_tls_is_refused() {
        configure("alter system set ssl = off");

        refused("localhost");
    }

    private static void refused(String host) {
        assertThatThrownBy(() -> DriverManager.getConnection(address(host), "postgres", "").close())
                .isInstanceOf(SQLException.class);
    }

    private static String address(String host) {
        return new ClusterAddress("sluse.postgres.url",
                "jdbc:postgresql://%s:%d/postgres?sslmode=verify-full&sslrootcert=%s".formatted(host,
                        cluster.getPort(), authority.root()))
                .database("postgres");
    }

    /** PostgreSQL reads a key only when nobody else can. */
    private static void show(Issued issued) {
        try {
            var data = folder.resolve("data");
            var owner = Files.getOwner(data);
            for (var file : new Path[]{issued.certificate(), issued.key()}) {
                var to = data.resolve(file.equals(issued.key()) ? "server.key" : "server.crt");
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
                Files.setOwner(to, owner);
            }
        } catch (IOException cannotShow) {
            throw new IllegalStateException(cannotShow);
        }
        configure("alter system set ssl = on");
    }

    /** In the clear: what is about to be configured is the way by which one would come otherwise. Done once the cluster has taken it. */
    private static void configure(String setting) {
        var jdbi = Jdbi.create(cluster.getPostgresDatabase());
        jdbi.useHandle(handle -> {
            var before = handle.createQuery("select pg_conf_load_time()::text").mapTo(String.class).one();
            handle.execute(setting);
            handle.execute("select pg_reload_conf()");
            while (handle.createQuery("select pg_conf_load_time()::text").mapTo(String.class).one().equals(before)) {
                Thread.onSpinWait();
            }
        });
    }
}

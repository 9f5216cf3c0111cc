// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.key.Vaults;
import org.sluse.it.Await;

class PostgresTest {

    private final Postgres postgres = RunningCluster.POSTGRES;

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void has_every_commit_on_the_disk(String setting) {
        assertThat(show(setting)).isEqualTo("on");
    }

    @Test
    void listens_on_this_machine_only() {
        assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "not the password"})
    void lets_nobody_in_without_the_password(String password) throws SQLException {
        var url = url();

        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", password).close())
                .isInstanceOf(SQLException.class);
    }

    @Test
    void makes_a_database_once() {
        postgres.createDatabase("made_once");
        postgres.createDatabase("made_once");

        try (var handle = postgres.open("made_once")) {
            assertThat(handle.createQuery("select current_database()").mapTo(String.class).one())
                    .isEqualTo("made_once");
        }
    }

    @Test
    void is_back_at_the_same_port_with_all_that_was_committed_after_it_was_killed() throws IOException {
        var own = RunningCluster.another();
        own.createDatabase("committed");
        var killed = postmaster(dataOf(own));

        killed.destroyForcibly();

        killed.onExit().join();
        Await.until("it answers again", 60, TimeUnit.SECONDS, () -> answers(own));
    }

    @Test
    void is_back_when_what_kept_it_from_starting_again_is_mended() throws IOException, InterruptedException {
        var own = RunningCluster.another();
        own.createDatabase("committed");
        var data = dataOf(own);
        var failed = new CountDownLatch(1);
        var log = Logger.getLogger(EmbeddedCluster.class.getName());
        var listening = new Listening("postgres-cannot-start", failed);
        log.addHandler(listening);
        try {
            Files.move(data.resolve("PG_VERSION"), data.resolve("moved"));
            postmaster(data).destroyForcibly();
            assertThat(failed.await(120, TimeUnit.SECONDS)).isTrue();
            Files.move(data.resolve("moved"), data.resolve("PG_VERSION"));

            Await.until("it answers again", 120, TimeUnit.SECONDS, () -> answers(own));
        } finally {
            log.removeHandler(listening);
        }
    }

    @Test
    void a_folder_has_one_node_at_a_time() throws IOException {
        var folder = dataOf(postgres).resolve("..").normalize();

        assertThatIOException().isThrownBy(() -> EmbeddedCluster.start(folder, "any"))
                .withMessage("another server works in this folder");
        assertThat(show("fsync")).isEqualTo("on");
    }

    @Test
    void starts_where_a_node_that_was_killed_has_left_one_running(@TempDir Path folder)
            throws IOException, InterruptedException {
        var node = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), KilledNode.class.getName(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("node.log").toFile())
                .start();
        assertThat(node.waitFor()).as(Files.readString(folder.resolve("node.log"))).isEqualTo(KilledNode.KILLED);
        var left = postmaster(folder.resolve("postgres/data"));
        assertThat(left.isAlive()).isTrue();

        var next = new Postgres(Vaults.settings(folder), Vaults.in(folder));

        assertThat(left.isAlive()).isFalse();
        assertThat(answers(next)).isTrue();
        next.stop();
    }

    /** Counts records that begin so. */
    private static final class Listening extends Handler {

        private final String beginning;
        private final CountDownLatch heard;

        Listening(String beginning, CountDownLatch heard) {
            this.beginning = beginning;
            this.heard = heard;
        }

        @Override
        public void publish(LogRecord logged) {
            if (logged.getMessage().startsWith(beginning)) {
                heard.countDown();
            }
        }

        @Override
        public void flush() {
            // Nothing is kept.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Has its cluster make a database, and ends as if it were killed. */
    static final class KilledNode {

        static final int KILLED = 9;

        private KilledNode() {
        }

        static void main(String[] arguments) {
            var folder = Path.of(arguments[0]);
            new Postgres(Vaults.settings(folder), Vaults.in(folder)).createDatabase("committed");
            Runtime.getRuntime().halt(KILLED);
        }
    }

    @Test
    void never_shows_a_password_where_a_login_is_printed() {
        assertThat(List.of(new Postgres.Login("user", "secret-1")).toString()).isEqualTo("[Login[user]]");
    }

    private String show(String setting) {
        try (var handle = postgres.open("postgres")) {
            return handle.createQuery("show " + setting).mapTo(String.class).one();
        }
    }

    private static boolean answers(Postgres cluster) {
        try (var handle = cluster.open("committed")) {
            return handle.createQuery("select 1").mapTo(int.class).one() == 1;
        } catch (JdbiException notYet) {
            return false;
        }
    }

    private static Path dataOf(Postgres cluster) {
        try (var handle = cluster.open("postgres")) {
            return Path.of(handle.createQuery("show data_directory").mapTo(String.class).one());
        }
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip()))
                .orElseThrow();
    }

    private String url() throws SQLException {
        try (var handle = postgres.open("postgres")) {
            return handle.getConnection().getMetaData().getURL();
        }
    }
}

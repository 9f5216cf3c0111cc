// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.sluse.host.postgres.Connections.Limits;

/** Twelve databases, six connections over all, three to each. */
class ConnectionsTest {

    private static final List<String> DATABASES = IntStream.range(0, 12).mapToObj(i -> "connections_" + i).toList();
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String CLUSTER = cluster();

    private Connections connections = new Connections(new Limits(6, 3, Duration.ofMillis(200), LONG));

    @BeforeAll
    static void make_the_databases() {
        DATABASES.forEach(RunningCluster.POSTGRES::createDatabase);
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void each_database_is_served_however_many_there_are() throws SQLException {
        for (var round = 0; round < 3; round++) {
            for (var database : DATABASES) {
                assertThat(whoAnswers(database)).isEqualTo(database);
            }
        }

        assertThat(connections.open()).isLessThanOrEqualTo(6);
    }

    @Test
    void many_at_once_never_get_a_connection_to_a_database_of_others() throws Exception {
        connections = new Connections(new Limits(6, 3, Duration.ofSeconds(30), LONG));
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 240)
                    .mapToObj(number -> DATABASES.get(number % DATABASES.size()))
                    .map(database -> people.submit((Callable<Boolean>) () -> whoAnswers(database).equals(database)))
                    .toList();
            for (var one : asked) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(connections.open()).isLessThanOrEqualTo(6);
    }

    @Test
    void one_database_gets_no_more_than_its_share_and_another_still_gets_one() throws SQLException {
        var busy = to(DATABASES.get(0));
        var held = new ArrayList<Connection>();
        for (var one = 0; one < 3; one++) {
            held.add(busy.getConnection());
        }

        assertThatThrownBy(busy::getConnection).isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("No connection became free");
        assertThat(whoAnswers(DATABASES.get(1))).isEqualTo(DATABASES.get(1));

        held.getFirst().close();
        busy.getConnection().close();
    }

    @Test
    void one_that_the_cluster_has_closed_is_replaced_before_anybody_sees_it() throws SQLException {
        connections = new Connections(new Limits(6, 3, Duration.ofSeconds(5), LONG));
        var database = DATABASES.get(2);
        whoAnswers(database);
        try (var administrator = RunningCluster.POSTGRES.open("postgres")) {
            administrator.createQuery("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
                    .bind("name", database)
                    .mapTo(boolean.class)
                    .list();
        }
        // As long as it is trusted without being asked, the first use finds out; from then on it is gone.
        try {
            whoAnswers(database);
        } catch (SQLException closed) {
            assertThat(closed.getSQLState()).isIn("57P01", "08006", "08003");
        }

        assertThat(whoAnswers(database)).isEqualTo(database);
    }

    @Test
    void one_that_broke_while_nobody_told_the_driver_costs_no_place() throws SQLException {
        connections = new Connections(new Limits(6, 3, Duration.ofSeconds(5), LONG));
        var source = to(DATABASES.get(4));
        for (var each = 0; each < 9; each++) {
            // As a copy does that the cluster cuts off: the bytes go past what the driver watches.
            var lent = source.getConnection();
            lent.unwrap(BaseConnection.class).getQueryExecutor().abort();
            try {
                lent.close();
            } catch (SQLException told) {
                assertThat(told.getSQLState()).isIn("08003", "08006");
            }
        }

        assertThat(whoAnswers(DATABASES.get(4))).isEqualTo(DATABASES.get(4));
        assertThat(connections.open()).isLessThanOrEqualTo(3);
    }

    @Test
    void what_was_left_open_is_rolled_back_before_the_next_gets_the_connection() throws SQLException {
        var source = to(DATABASES.get(3));
        try (var first = source.getConnection(); var statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("create table left_open (n int)");
        }

        try (var next = source.getConnection();
                var statement = next.createStatement();
                var found = statement.executeQuery("select to_regclass('left_open') is null")) {
            found.next();
            assertThat(found.getBoolean(1)).isTrue();
            assertThat(next.getAutoCommit()).isTrue();
        }
    }

    @Test
    void a_database_that_is_not_there_is_said_in_the_words_of_the_driver_and_takes_no_place() {
        var nowhere = to("connections_nowhere");

        for (var attempt = 0; attempt < 10; attempt++) {
            assertThatThrownBy(nowhere::getConnection).isInstanceOf(SQLException.class)
                    .hasMessageContaining("connections_nowhere");
        }
        assertThat(connections.open()).isZero();
    }

    private DataSource to(String database) {
        return connections.to(CLUSTER + database, RunningCluster.POSTGRES.administrator());
    }

    private static String cluster() {
        try (var handle = RunningCluster.POSTGRES.open("postgres")) {
            var url = handle.queryMetadata(DatabaseMetaData::getURL);
            return url.substring(0, url.lastIndexOf('/') + 1);
        }
    }

    private String whoAnswers(String database) throws SQLException {
        try (var connection = to(database).getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select current_database()")) {
            found.next();
            return found.getString(1);
        }
    }
}

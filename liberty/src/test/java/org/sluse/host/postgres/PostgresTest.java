// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void never_shows_a_password_where_a_login_is_printed() {
        assertThat(List.of(new Postgres.Login("user", "secret-1")).toString()).isEqualTo("[Login[user]]");
    }

    private String show(String setting) {
        try (var handle = postgres.open("postgres")) {
            return handle.createQuery("show " + setting).mapTo(String.class).one();
        }
    }

    private String url() throws SQLException {
        try (var handle = postgres.open("postgres")) {
            return handle.getConnection().getMetaData().getURL();
        }
    }
}

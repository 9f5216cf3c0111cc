// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.written.LogId;
import org.sluse.host.written.Written;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.ManualClock;

/** On a real cluster. */
class ControlDatabaseTest {

    private static final Clock CLOCK = new ManualClock();

    private final ControlDatabase control = ControlDatabases.running(CLOCK);

    @Test
    void a_column_that_nobody_has_declared_refuses_the_start_by_its_name() {
        alter("add column manager text");
        try {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> ControlDatabases.running(CLOCK))
                    .withMessage(
                            "The control database is not as its data map says. Column 'tenant.manager' is stored and has no entry in the data map; right would be an entry that says what it holds and for how long");
        } finally {
            alter("drop column manager");
        }
    }

    /** As the owner of the tables, who serves nothing. */
    private static void alter(String change) {
        try (var owner = RunningCluster.POSTGRES.open("sluse_control")) {
            owner.execute("alter table tenant " + change);
        }
    }

    @Test
    void out_of_reach_it_is_unavailable_to_who_reads_and_to_who_writes() throws SQLException {
        control.source().unwrap(HikariDataSource.class).close();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> control.read(handle -> handle.execute("select 1")))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.UNAVAILABLE));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> control.inTransaction("TEST", "Test", "1", handle -> {
                }))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator_log", "operator_leaf", "operator_checkpoint"})
    void who_serves_alters_neither_the_operators_log_nor_its_proof(String table) {
        for (var statement : List.of("delete from %s", "truncate %s cascade", "drop table %s cascade",
                "alter table %s disable trigger all", "reset role; delete from %s", "set role postgres")) {
            assertThatThrownBy(() -> control.write(handle -> handle.execute(statement.formatted(table)))).as(statement)
                    .hasMessageFindingMatch("permission denied|must be owner");
        }
    }

    @Test
    void what_was_done_is_told_as_soon_as_it_is_committed() {
        var written = new Written();

        ControlDatabases.running(new ManualClock(), written).record(Act.of("TEST", "Test", "1"));

        assertThat(written.take()).containsExactly(Map.entry(LogId.OPERATOR, ManualClock.NOON));
        assertThat(written.take()).isEmpty();
    }
}

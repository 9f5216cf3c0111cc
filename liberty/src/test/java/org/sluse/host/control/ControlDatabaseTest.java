// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.ManualClock;

/** On a real cluster. */
class ControlDatabaseTest {

    private final ControlDatabase control = ControlDatabases.running(new ManualClock());

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
}

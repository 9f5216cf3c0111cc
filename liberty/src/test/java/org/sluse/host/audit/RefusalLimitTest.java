// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.sluse.host.audit.RefusalLimit.Kind;
import org.sluse.host.tenant.Source;
import org.sluse.testkit.ManualClock;

class RefusalLimitTest {

    private static final Source NETWORK = new Source("192.0.2.0/24", Source.Agent.COMMAND_LINE);
    private static final Kind WRONG_LINK = new Kind("clinic-north", "SIGN_IN Link", "link-not-in-use", NETWORK);

    private final ManualClock clock = new ManualClock();
    private final RefusalLimit limit = new RefusalLimit(clock);

    @Test
    void the_first_refusal_is_written_and_carries_nothing() {
        assertThat(limit.admit(WRONG_LINK)).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void within_a_minute_no_other_of_its_kind_is_written() {
        limit.admit(WRONG_LINK);

        clock.advance(Duration.ofSeconds(59));

        assertThat(limit.admit(WRONG_LINK)).isEmpty();
    }

    @Test
    void the_next_that_is_written_carries_how_many_were_not() {
        for (var refused = 0; refused < 1000; refused++) {
            limit.admit(WRONG_LINK);
        }

        clock.advance(Duration.ofMinutes(1));

        assertThat(limit.admit(WRONG_LINK)).isEqualTo(OptionalInt.of(999));
        clock.advance(Duration.ofMinutes(1));
        assertThat(limit.admit(WRONG_LINK)).as("they are carried once").isEqualTo(OptionalInt.of(0));
    }

    @Test
    void another_clinic_act_reason_network_or_program_is_another_kind() {
        limit.admit(WRONG_LINK);

        for (var other : List.of(new Kind("clinic-south", "SIGN_IN Link", "link-not-in-use", NETWORK),
                new Kind("clinic-north", "SIGN_IN Staff", "link-not-in-use", NETWORK),
                new Kind("clinic-north", "SIGN_IN Link", "link-expired", NETWORK),
                new Kind("clinic-north", "SIGN_IN Link", "link-not-in-use",
                        new Source("198.51.100.0/24", Source.Agent.COMMAND_LINE)),
                new Kind("clinic-north", "SIGN_IN Link", "link-not-in-use",
                        new Source("192.0.2.0/24", Source.Agent.BROWSER)))) {
            assertThat(limit.admit(other)).as("%s", other).isEqualTo(OptionalInt.of(0));
        }
    }

    @Test
    void a_row_that_could_not_be_written_is_counted_with_those_it_would_have_carried() {
        limit.admit(WRONG_LINK);
        limit.admit(WRONG_LINK);
        clock.advance(Duration.ofMinutes(1));
        var carried = limit.admit(WRONG_LINK).orElseThrow();

        limit.unwritten(WRONG_LINK, carried);

        clock.advance(Duration.ofMinutes(1));
        assertThat(limit.admit(WRONG_LINK)).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void a_clock_that_is_set_back_keeps_nothing_unwritten() {
        limit.admit(WRONG_LINK);

        clock.advance(Duration.ofHours(-1));

        assertThat(limit.admit(WRONG_LINK)).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void what_no_row_will_carry_is_said_in_the_servers_log() {
        limit.admit(WRONG_LINK);
        limit.admit(WRONG_LINK);
        limit.admit(WRONG_LINK);

        assertThat(logged(() -> limit.stop(this))).containsExactly(
                "refusals-unwritten log=clinic-north act=SIGN_IN Link reason=link-not-in-use network=192.0.2.0/24 count=2");
    }

    @Test
    void of_more_kinds_than_are_remembered_none_is_lost_silently() {
        var kinds = 25_000;
        var written = new ArrayList<Integer>();
        var said = logged(() -> {
            for (var number = 0; number < kinds; number++) {
                var kind = new Kind("clinic-north", "SIGN_IN Link", "link-not-in-use",
                        new Source("network " + number, Source.Agent.NONE));
                limit.admit(kind).ifPresent(written::add);
                limit.admit(kind).ifPresent(written::add);
            }
            limit.stop(this);
        });

        var counted = said.stream()
                .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf("count=") + "count=".length())))
                .sum();
        assertThat(written.size() + written.stream().mapToInt(carried -> carried).sum() + counted)
                .isEqualTo(2 * kinds);
    }

    private static List<String> logged(Runnable work) {
        var lines = new ArrayList<String>();
        var handler = new Handler() {

            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(RefusalLimit.class.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return lines;
    }
}

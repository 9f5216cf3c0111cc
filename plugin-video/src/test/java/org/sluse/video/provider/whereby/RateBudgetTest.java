// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.Answer;
import org.sluse.secret.Secret;
import org.sluse.testkit.ManualClock;

class RateBudgetTest {

    private static final Secret KEY = new Secret("key-1");

    private final ManualClock clock = new ManualClock();
    private final RateBudget budget = new RateBudget();

    RateBudgetTest() {
        budget.clock = clock;
    }

    @Test
    void an_account_takes_thirty_three_changing_calls_a_minute_whichever_clinics_share_it() {
        assertThat(taken(KEY, true)).isEqualTo(33);
        assertThat(budget.take(new Secret("key-1"), true)).as("another clinic with the same account").isFalse();
        assertThat(budget.take(new Secret("key-2"), true)).as("another account").isTrue();

        clock.advance(Duration.ofMinutes(1));

        assertThat(taken(KEY, true)).isEqualTo(33);
    }

    @Test
    void who_makes_rooms_ahead_leaves_half_to_those_for_whom_somebody_waits() {
        assertThat(taken(KEY, false)).isEqualTo(16);
        assertThat(budget.take(KEY, true)).isTrue();
    }

    @Test
    void what_other_nodes_have_taken_whereby_says() {
        budget.heard(KEY, new Answer(201, Map.of("x-ratelimit-remaining", "4"), ""));

        assertThat(taken(KEY, true)).isEqualTo(1);
    }

    @Test
    void after_too_many_calls_there_is_none_before_the_time_that_whereby_names() {
        budget.heard(KEY, new Answer(429, Map.of("retry-after", "20"), ""));

        clock.advance(Duration.ofSeconds(19));
        assertThat(budget.take(KEY, true)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(budget.take(KEY, true)).isTrue();
    }

    @Test
    void a_time_that_makes_no_sense_closes_nothing_for_long() {
        budget.heard(KEY, new Answer(429, Map.of("retry-after", "999999999"), ""));
        clock.advance(Duration.ofMinutes(10));
        assertThat(budget.take(KEY, true)).isTrue();

        budget.heard(KEY, new Answer(429, Map.of("retry-after", "tomorrow", "x-ratelimit-remaining", "-5"), ""));
        clock.advance(Duration.ofSeconds(1));
        assertThat(budget.take(KEY, true)).isTrue();
    }

    private long taken(Secret key, boolean urgent) {
        return IntStream.range(0, 100).filter(any -> budget.take(key, urgent)).count();
    }
}

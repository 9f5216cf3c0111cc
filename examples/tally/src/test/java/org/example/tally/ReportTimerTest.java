// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.OutboundCall;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.TestDatabase;

/** A clinic with a quality register, on a Monday at noon. */
class ReportTimerTest {

    private static final TallySettings REGISTER = new TallySettings(Optional.of(URI.create("https://register.example")),
            "Quality Register", "Street 1, Oslo", "NO");

    private final ManualClock clock = new ManualClock();
    private final Contacts contacts = new Contacts(TestDatabase.with("tally"), clock);
    private final List<OutboundCall> sent = new ArrayList<>();
    private int status = 200;

    @Test
    void a_week_is_reported_once_it_is_over() {
        contacts.count(Way.PHONE);
        contacts.count(Way.PHONE);
        contacts.count(Way.VISIT);

        assertThat(run(REGISTER)).contains(Week.of(clock.instant()).end());
        assertThat(sent).isEmpty();

        clock.advance(Duration.ofDays(7));
        run(REGISTER);
        assertThat(sent).singleElement().satisfies(call -> {
            assertThat(call.target()).isEqualTo(URI.create("https://register.example/weeks/2026-11-23"));
            assertThat(call.payload()).isEqualTo(new WeekReport("2026-11-23", 2, 0, 1));
        });

        run(REGISTER);
        assertThat(sent).hasSize(1);
    }

    @Test
    void a_week_that_the_register_refuses_is_sent_again_after_an_hour() {
        contacts.count(Way.LETTER);
        clock.advance(Duration.ofDays(7));
        status = 500;

        assertThat(run(REGISTER)).contains(clock.instant().plus(Duration.ofHours(1)));

        status = 200;
        run(REGISTER);
        assertThat(sent).hasSize(2);
    }

    @Test
    void without_a_register_nothing_leaves() {
        contacts.count(Way.LETTER);
        clock.advance(Duration.ofDays(7));

        run(new TallySettings(Optional.empty(), "", "", ""));

        assertThat(sent).isEmpty();
    }

    private Optional<java.time.Instant> run(TallySettings settings) {
        return new ReportTimer(contacts, () -> settings, new Reports(contacts, call -> {
            sent.add(call);
            return new Answer(status, Map.of(), "");
        })).run(clock.instant());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.operate.OperatorLog.Row;
import org.sluse.host.operate.OperatorLog.Search;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;
import org.sluse.host.tenant.Source;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

/** On a real control database. */
class OperatorLogTest {

    private static final ManualClock CLOCK = new ManualClock();
    private static final ControlDatabase CONTROL = ControlDatabases.running(CLOCK);

    private final Binding binding = new Binding();
    private final OperatorLog log = new OperatorLog(CONTROL);
    /** Its rows are this test's. */
    private final String act = "TEST_" + UUID.randomUUID();

    @Test
    void an_act_says_when_who_what_where_and_from_where() {
        var clinic = new Tenant(new TenantId("clinic-north"), "Clinic North", "Frankfurt");
        var person = new Actor(Actor.Kind.STAFF, "id-1", Set.of());

        binding.from(Source.of("192.0.2.77", "Mozilla/5.0", false), () -> {
            binding.run(clinic, person, () -> CONTROL.record(Act.of(act, "Module", "clinic-north/video")));
            return true;
        });

        assertThat(found()).singleElement().satisfies(row -> {
            assertThat(row.at()).isEqualTo(CLOCK.instant());
            assertThat(row.actorKind()).isEqualTo("STAFF");
            assertThat(row.actor()).isEqualTo("id-1");
            assertThat(row.object()).isEqualTo("clinic-north/video");
            assertThat(row.tenant()).contains("clinic-north");
            assertThat(row.network()).isEqualTo("192.0.2.0/24");
            assertThat(row.agent()).isEqualTo("BROWSER");
            assertThat(row.outcome()).isEqualTo("DONE");
        });
    }

    @Test
    void a_refusal_is_a_row_with_its_reason() {
        CONTROL.refused(Act.of(act, "OperatorToken", "*"), "token-refused");

        assertThat(found()).singleElement().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo("REFUSED");
            assertThat(row.reason()).contains("token-refused");
        });
    }

    @Test
    void refusals_are_a_row_a_minute_that_carries_how_many_were_not_written() {
        for (var time = 0; time < 5; time++) {
            CONTROL.refused(Act.of(act, "OperatorToken", "*"), "token-refused");
        }
        CLOCK.advance(Duration.ofMinutes(1));
        CONTROL.refused(Act.of(act, "OperatorToken", "*"), "token-refused");

        assertThat(found()).extracting(Row::unwritten).containsExactly(4, 0);
    }

    @Test
    void an_operator_who_says_a_name_is_told_from_one_who_says_none() {
        for (var name : List.of(Optional.of("anna"), Optional.<String>empty())) {
            binding.from(Source.of("192.0.2.77", "sluse", false), () -> {
                name.map(OperatorName::new).ifPresent(binding::calledBy);
                CONTROL.record(Act.of(act, "Test", "1"));
                return true;
            });
        }

        assertThat(found()).extracting(Row::operator).containsExactly(Optional.empty(), Optional.of("anna"));
        assertThat(found()).extracting(Row::byItself).containsOnly(false);
    }

    @Test
    void what_the_system_did_by_itself_is_shown_to_who_asks_for_it_and_what_it_found_to_everybody() {
        CLOCK.advance(Duration.ofDays(1));
        var begin = CLOCK.instant();
        CONTROL.record(Act.of("START", "Node", act));
        CONTROL.record(Act.of("FIND", "UndeclaredDisclosure", act));
        CONTROL.record(Act.of("ROLL_BACK", "Plugin", act));
        binding.from(Source.of("192.0.2.77", "sluse", false), () -> {
            CONTROL.record(Act.of("CREATE", "Test", act));
            return true;
        });

        assertThat(actsSince(begin, false, Optional.empty())).containsExactly("CREATE", "ROLL_BACK", "FIND");
        assertThat(actsSince(begin, true, Optional.empty())).containsExactly("CREATE", "ROLL_BACK", "FIND", "START");
        assertThat(actsSince(begin, false, Optional.of("START"))).containsExactly("START");
    }

    @Test
    void what_people_did_is_found_among_10000_acts_of_the_system_without_reading_those() {
        CONTROL.write(handle -> {
            handle.execute("""
                    insert into operator_log (at, actor_kind, actor_id, action, object_type, object_id, by_itself)
                    select now() + interval '1 year', 'OPERATOR', 'operator', 'START', 'Node', 'mass', number <= 10000
                    from generate_series(1, 10100) number""");
            handle.execute("analyze operator_log");

            var plan = handle
                    .createQuery("explain (analyze, format json) " + OperatorLog.sql(new Search(Optional.empty(),
                            Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty(),
                            Optional.empty())))
                    .bind("most", 51)
                    .mapTo(String.class)
                    .one();

            assertThat(Plans.rowsRead(Plans.read(plan))).isLessThanOrEqualTo(51);
            return handle.rollback();
        });
    }

    private List<String> actsSince(Instant begin, boolean all, Optional<String> action) {
        return log
                .find(new Search(Optional.of(begin), Optional.empty(), action, Optional.empty(), all, Optional.empty(),
                        Optional.empty()), 99)
                .stream()
                .filter(row -> row.object().equals(act))
                .map(Row::action)
                .toList();
    }

    @Test
    void what_fails_is_not_said_to_have_been_done() {
        assertThatThrownBy(() -> CONTROL.inTransaction(Act.of(act, "Test", "1"), handle -> {
            throw new IllegalStateException("it failed");
        })).hasMessage("it failed");

        assertThat(found()).isEmpty();
    }

    @Test
    void pages_follow_each_other_also_among_acts_of_the_same_moment() {
        for (var number = 1; number <= 5; number++) {
            CONTROL.record(Act.of(act, "Test", Integer.toString(number)));
        }

        var first = log.find(search(Optional.empty()), 2);
        var second = log.find(search(Optional.of(first.getLast())), 9);

        assertThat(first).extracting(Row::object).containsExactly("5", "4");
        assertThat(second).extracting(Row::object).containsExactly("3", "2", "1");
    }

    @Test
    void a_time_and_a_clinic_narrow_the_search() {
        var begin = CLOCK.instant();
        CONTROL.record(Act.of(act, "Test", "early"));
        CLOCK.advance(Duration.ofHours(1));
        CONTROL.record(Act.of(act, "Test", "late"));

        assertThat(log.find(between(begin.plusSeconds(1), CLOCK.instant()), 9)).extracting(Row::object)
                .containsExactly("late");
        assertThat(log.find(between(begin, begin), 9)).extracting(Row::object).containsExactly("early");
        assertThat(log.find(new Search(Optional.empty(), Optional.empty(), Optional.of(act),
                Optional.of("clinic-nowhere"), false, Optional.empty(), Optional.empty()), 9)).isEmpty();
    }

    private Search between(Instant from, Instant to) {
        return new Search(Optional.of(from), Optional.of(to), Optional.of(act), Optional.empty(), false,
                Optional.empty(), Optional.empty());
    }

    private List<Row> found() {
        return log.find(search(Optional.empty()), 9);
    }

    private Search search(Optional<Row> after) {
        return new Search(Optional.empty(), Optional.empty(), Optional.of(act), Optional.empty(), false,
                after.map(Row::at),
                after.map(Row::id));
    }
}

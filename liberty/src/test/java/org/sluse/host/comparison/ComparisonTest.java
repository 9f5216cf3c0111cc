// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluse.host.comparison.Undeclared.Why;
import org.sluse.host.disclosure.Ledger;
import org.sluse.host.disclosure.Ledger.Outcome;
import org.sluse.host.register.Declared;
import org.sluse.host.register.Declared.Party;

class ComparisonTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Party RECORD = new Party("epr", "record", "Record AS", Optional.of(Set.of("ASSESSMENT")));

    private final List<Declared> history = List.of(declared(10, 0), declared(20, 10, RECORD), declared(30, 20));

    @Test
    void what_was_declared_when_it_left_is_none() {
        assertThat(why(row(20, 15))).isEmpty();
        assertThat(why(row(29, 19))).isEmpty();
    }

    @Test
    void what_left_before_or_after_the_module_was_on_had_not_been_declared() {
        assertThat(why(row(19, 5))).contains(Why.MODULE);
        assertThat(why(row(30, 20))).contains(Why.MODULE);
        assertThat(why(row(99, 60))).contains(Why.MODULE);
    }

    @Test
    void the_revision_decides_and_not_a_clock_that_goes_wrong() {
        assertThat(why(row(20, 500))).isEmpty();
        assertThat(why(row(30, 15))).contains(Why.MODULE);
    }

    @Test
    void a_company_of_another_name_or_of_another_id_had_not_been_declared() {
        assertThat(why(row(20, 15, "record", "Other AS", List.of(), Outcome.SENT))).contains(Why.RECIPIENT);
        assertThat(why(row(20, 15, "other", "Record AS", List.of(), Outcome.SENT))).contains(Why.RECIPIENT);
    }

    @Test
    void a_category_beyond_those_declared_is_named() {
        var found = Comparison.of(row(20, 15, "record", "Record AS", List.of("ASSESSMENT", "CONTACT", "IDENTITY"),
                Outcome.SENT), history);

        assertThat(found).hasValueSatisfying(one -> {
            assertThat(one.why()).isEqualTo(Why.CATEGORIES);
            assertThat(one.categories()).containsExactly("CONTACT", "IDENTITY");
        });
    }

    @Test
    void what_left_without_an_answer_left_all_the_same_and_what_was_refused_did_not() {
        assertThat(why(row(20, 15, "other", "Other AS", List.of(), Outcome.NO_ANSWER))).contains(Why.RECIPIENT);
        assertThat(why(row(20, 15, "other", "Other AS", List.of(), Outcome.SENDING))).contains(Why.RECIPIENT);
        assertThat(why(row(20, 15, "other", "Other AS", List.of(), Outcome.REFUSED))).isEmpty();
    }

    @Test
    void settings_that_were_in_force_before_they_were_noted_had_been_declared_if_the_note_came_at_once() {
        assertThat(why(row(19, 9, "record", "Record AS", List.of(), Outcome.SENT))).as("a minute before the note")
                .isEmpty();
        assertThat(why(row(19, 8, "record", "Record AS", List.of(), Outcome.SENT))).as("two minutes before it")
                .contains(Why.MODULE);
    }

    @Test
    void a_register_that_did_not_keep_categories_yet_is_not_held_against_anybody() {
        var old = List.of(declared(10, 0, new Party("epr", "record", "Record AS", Optional.empty())));

        assertThat(Comparison.of(row(10, 1, "record", "Record AS", List.of("CONTACT"), Outcome.SENT), old)).isEmpty();
    }

    @Test
    void who_is_declared_is_so_since_the_last_interruption() {
        var more = new Party("epr", "record", "Record AS", Optional.of(Set.of("ASSESSMENT", "CONTACT")));
        var again = List.of(declared(20, 10, RECORD), declared(30, 20), declared(40, 30, RECORD),
                declared(50, 40, more));

        assertThat(Comparison.standing(again)).singleElement().satisfies(one -> {
            assertThat(one.party()).isEqualTo(more);
            assertThat(one.since()).isEqualTo(minute(30));
        });
        assertThat(Comparison.standing(history)).isEmpty();
        assertThat(Comparison.standing(List.of())).isEmpty();
    }

    private Optional<Why> why(Ledger.Row row) {
        return Comparison.of(row, history).map(Undeclared::why);
    }

    private static Ledger.Row row(long revision, int minute) {
        return row(revision, minute, "record", "Record AS", List.of("ASSESSMENT"), Outcome.SENT);
    }

    private static Ledger.Row row(long revision, int minute, String recipient, String name, List<String> categories,
            Outcome outcome) {
        return new Ledger.Row(new UUID(0, revision), minute(minute), recipient, name, "epr", categories, 10,
                Optional.empty(), revision, outcome.name(), outcome);
    }

    private static Declared declared(long revision, int minute, Party... parties) {
        return new Declared(revision, minute(minute), parties.length == 0 ? Set.of() : Set.of("epr"),
                Set.of(parties));
    }

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }
}

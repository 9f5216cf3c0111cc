// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluse.host.comparison.Comparisons.Overview;
import org.sluse.host.comparison.Comparisons.Unused;
import org.sluse.host.comparison.Undeclared.Why;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.disclosure.PlantedRows;
import org.sluse.host.register.Declared;
import org.sluse.host.register.Declared.Party;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;

/** Rows are planted in the ledger of a clinic on a real PostgreSQL; what the register declared is given. */
class ComparisonsTest {

    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final PlantedRows rows = new PlantedRows(binding, clock);
    private final List<Declared> declared = new ArrayList<>();
    private final ComparisonStore store = new ComparisonStore(TestClinics.ports(binding, clock), control, binding);
    private final Comparisons comparisons = new Comparisons(() -> List.copyOf(declared), rows.ledger(), store, binding,
            clock);
    private final Tenant clinic = known(TestClinics.create());

    @Test
    void a_planted_row_is_an_incident_and_the_declared_one_beside_it_is_none() {
        inClinic(() -> {
            declares(10, "record", "Record AS", "ASSESSMENT");
            rows.plant("epr", "record", "Record AS", Set.of("ASSESSMENT"), 10, "200");
            var foreign = rows.plant("epr", "vendor", "Vendor AS", Set.of("ASSESSMENT"), 10, "200");
            var beyond = rows.plant("epr", "record", "Record AS", Set.of("ASSESSMENT", "CONTACT"), 10, "NO_ANSWER");
            var off = rows.plant("video", "room", "Room AS", Set.of("DISPLAY_NAME"), 10, "200");
            rows.plant("video", "room", "Room AS", Set.of("DISPLAY_NAME"), 10, "MODULE_OFF");

            var found = later(Duration.ofMinutes(3));

            assertThat(found.open()).isEqualTo(3);
            assertThat(found.undeclared()).extracting(ComparisonStore.Found::row, ComparisonStore.Found::why)
                    .containsExactlyInAnyOrder(tuple(foreign, Why.RECIPIENT), tuple(beyond, Why.CATEGORIES),
                            tuple(off, Why.MODULE));
            assertThat(store.attention(clock.instant())).filteredOn(one -> one.tenant().equals(id()))
                    .singleElement()
                    .satisfies(sum -> assertThat(sum.undeclared()).isEqualTo(3));
            assertThat(operatorLog()).isEqualTo(1);
        });
    }

    @Test
    void what_was_found_once_is_not_found_again_and_ends_when_somebody_has_looked_into_it() {
        inClinic(() -> {
            var row = rows.plant("epr", "vendor", "Vendor AS", Set.of(), 10, "200");
            later(Duration.ofMinutes(3));
            assertThat(later(Duration.ofDays(1)).undeclared()).hasSize(1);
            assertThat(operatorLog()).isEqualTo(1);

            var after = comparisons.lookedInto(row);

            assertThat(after.open()).isZero();
            assertThat(after.undeclared()).singleElement()
                    .satisfies(one -> assertThat(one.lookedIntoAt()).contains(clock.instant()));
            assertThat(store.attention(clock.instant())).noneMatch(one -> one.tenant().equals(id()));
            assertThat(later(Duration.ofDays(1)).open()).isZero();
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> comparisons.lookedInto(new UUID(0, 9)));
        });
    }

    @Test
    void a_row_that_came_after_the_last_comparison_is_found_by_the_next_one() {
        inClinic(() -> {
            assertThat(later(Duration.ofMinutes(3)).open()).isZero();
            rows.plant("epr", "vendor", "Vendor AS", Set.of(), 10, "200");

            assertThat(later(Duration.ofMinutes(1)).open()).as("too young to be judged").isZero();
            assertThat(later(Duration.ofMinutes(3)).open()).isEqualTo(1);
        });
    }

    @Test
    void a_recipient_that_is_declared_and_receives_nothing_is_told_until_it_receives_something() {
        inClinic(() -> {
            declares(10, "record", "Record AS", "ASSESSMENT");
            var since = clock.instant();
            assertThat(later(Duration.ofHours(1)).unused()).as("it is new").isEmpty();
            rows.plant("epr", "record", "Record AS", Set.of("ASSESSMENT"), 10, "NOT_SENT");

            assertThat(later(Duration.ofDays(2)).unused())
                    .containsExactly(new Unused("epr", "record", "Record AS", since));

            rows.plant("epr", "record", "Record AS", Set.of("ASSESSMENT"), 10, "200");
            assertThat(later(Duration.ofDays(1)).unused()).isEmpty();
        });
    }

    @Test
    void a_clinic_that_was_not_compared_for_two_nights_is_late() {
        inClinic(() -> {
            later(Duration.ofMinutes(3));
            clock.advance(Duration.ofHours(49));

            assertThat(store.attention(clock.instant())).filteredOn(one -> one.tenant().equals(id()))
                    .singleElement()
                    .satisfies(sum -> assertThat(sum.isLate()).isTrue());
        });
    }

    @Test
    void a_clinic_that_was_never_compared_is_late_once_it_is_older_than_two_nights() {
        clock.advance(Duration.ofHours(1));
        control.write(handle -> handle.createUpdate("update tenant set created_at = :at where id = :id")
                .bind("at", clock.instant())
                .bind("id", id())
                .execute());
        assertThat(store.attention(clock.instant())).noneMatch(one -> one.tenant().equals(id()));

        clock.advance(Duration.ofHours(49));

        assertThat(store.attention(clock.instant())).filteredOn(one -> one.tenant().equals(id()))
                .singleElement()
                .satisfies(sum -> {
                    assertThat(sum.isLate()).isTrue();
                    assertThat(sum.at()).isEmpty();
                });
    }

    @Test
    void all_clinics_are_counted_though_a_hundred_are_shown() {
        control.write(handle -> {
            var before = sum(handle);
            handle.execute("""
                    insert into tenant (id, name, location, created_at)
                    select 'mass-' || number, 'Clinic', 'Frankfurt', ? from generate_series(1, 10000) number""",
                    java.sql.Timestamp.from(clock.instant()));
            handle.execute("""
                    insert into comparison (tenant, at, undeclared, unused)
                    select 'mass-' || number, ?, 1, 0 from generate_series(1, 300) number""",
                    java.sql.Timestamp.from(clock.instant()));

            assertThat(sum(handle).undeclared()).isEqualTo(before.undeclared() + 300);
            assertThat(sum(handle).late()).isEqualTo(before.late());
            assertThat(ComparisonStore.attention(handle, clock.instant())).hasSize(100);
            return handle.rollback();
        });
    }

    private ComparisonStore.Sum sum(org.jdbi.v3.core.Handle handle) {
        return ComparisonStore.sum(handle, clock.instant());
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.api.Assertions.tuple(values);
    }

    private Overview later(Duration time) {
        clock.advance(time);
        return comparisons.compare();
    }

    private void declares(long revision, String recipient, String name, String category) {
        declared.add(new Declared(revision, clock.instant(), Set.of("epr"),
                Set.of(new Party("epr", recipient, name, Optional.of(Set.of(category))))));
    }

    private void inClinic(Runnable work) {
        binding.run(clinic, KnownTenant.practitioner("administrator-1"), work);
    }

    private String id() {
        return clinic.id().value();
    }

    private int operatorLog() {
        return control.read(handle -> handle.createQuery(
                "select count(*) from operator_log where action = 'FIND' and object_type = 'UndeclaredDisclosure' and object_id = :tenant")
                .bind("tenant", id())
                .mapTo(int.class)
                .one());
    }

    private Tenant known(Tenant tenant) {
        control.write(handle -> handle.createUpdate(
                "insert into tenant (id, name, location, created_at) values (:id, 'Clinic', 'Frankfurt', :at) on conflict do nothing")
                .bind("id", tenant.id().value())
                .bind("at", Instant.EPOCH)
                .execute());
        return tenant;
    }
}

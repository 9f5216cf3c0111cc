// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.problem.SeenVersion;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;

/** The list of people of a clinic on a real PostgreSQL, and how what is wrong in it is put right. */
class PeopleTest {

    private static final String ISSUER = "https://name.example/auth";
    private static final SeenVersion FIRST = SeenVersion.of("\"1\"");

    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final List<People.Gone> sent = new ArrayList<>();
    private final People people = TestPeople.of(ControlDatabases.running(clock), binding, clock, new KnownIds(),
            sent::add);
    private final Tenant clinic = TestClinics.create();
    private String asking = "";

    @BeforeEach
    void an_administrator_and_a_practitioner() {
        asking = at(() -> people.add(ISSUER, new People.NewPerson("1", "Kari", List.of("administrator")))).id();
        at(() -> people.add(ISSUER, new People.NewPerson("2", "Ola", List.of("practitioner"))));
    }

    @Test
    void what_stood_in_the_list_before_a_correction_is_kept_with_who_made_it_and_when() {
        var ola = named("Ola");
        clock.advance(Duration.ofDays(1));

        correct(ola, FIRST, "Ola Nordmann", Optional.empty());
        correct(ola, SeenVersion.of("\"2\""), "Ola N.", Optional.of(List.of("administrator", "practitioner")));

        assertThat(at(() -> people.get(ola)).roles()).containsExactlyInAnyOrder("administrator", "practitioner");
        assertThat(at(() -> people.earlier(ola))).extracting(People.Earlier::name)
                .containsExactly("Ola Nordmann",
                        "Ola");
        assertThat(at(() -> people.earlier(ola)).getLast()).isEqualTo(
                new People.Earlier("Ola", List.of("practitioner"), now(), asking));
    }

    @Test
    void nothing_is_put_right_over_a_correction_that_was_not_seen() {
        var ola = named("Ola");
        correct(ola, FIRST, "Ola Nordmann", Optional.empty());

        assertThat(refused(ola, FIRST, "Ola Norman", Optional.empty())).isEqualTo(Problem.CHANGED_MEANWHILE);
        assertThat(refused(ola, SeenVersion.of(null), "Ola Norman", Optional.empty()))
                .isEqualTo(Problem.VERSION_NOT_SAID);
        assertThat(at(() -> people.get(ola)).name()).isEqualTo("Ola Nordmann");
    }

    @Test
    void what_is_saved_unchanged_is_no_correction() {
        var ola = named("Ola");

        assertThat(correct(ola, FIRST, " Ola ", Optional.of(List.of("practitioner"))).version()).isEqualTo(1);

        assertThat(at(() -> people.earlier(ola))).isEmpty();
    }

    @Test
    void sessions_are_looked_at_anew_with_other_roles_and_not_with_another_name() {
        var ola = named("Ola");
        correct(ola, FIRST, "Ola N.", Optional.empty());
        assertThat(sent).isEmpty();

        correct(ola, SeenVersion.of("*"), "Ola N.", Optional.of(List.of("administrator")));

        assertThat(sent).containsExactly(new People.Gone(clinic.id()));
    }

    @Test
    void the_last_administrator_stays_one() {
        var kari = named("Kari");

        assertThat(refused(kari, FIRST, "Kari", Optional.of(List.of("practitioner")))).isEqualTo(Problem.CONFLICT);

        assertThat(at(() -> people.get(kari)).roles()).containsExactly("administrator");
    }

    @Test
    void a_name_that_is_none_and_roles_that_are_none_are_refused() {
        var ola = named("Ola");

        assertThat(refused(ola, FIRST, " ", Optional.empty())).isEqualTo(Problem.NOT_ALLOWED_VALUE);
        assertThat(refused(ola, FIRST, "Ola", Optional.of(List.of("owner")))).isEqualTo(Problem.NOT_ALLOWED_VALUE);
        assertThat(refused(UUID.randomUUID(), FIRST, "Ola", Optional.empty())).isEqualTo(Problem.NOT_FOUND);
    }

    private Instant now() {
        return clock.instant();
    }

    private UUID named(String name) {
        return at(() -> people.all().stream().filter(one -> one.name().equals(name)).findFirst())
                .map(one -> UUID.fromString(one.id()))
                .orElseThrow();
    }

    private People.Person correct(UUID id, SeenVersion seen, String name, Optional<List<String>> roles) {
        return at(() -> people.correct(id, seen, name, roles));
    }

    private Problem refused(UUID id, SeenVersion seen, String name, Optional<List<String>> roles) {
        return catchThrowableOfType(ProblemException.class, () -> correct(id, seen, name, roles)).problem();
    }

    private <T> T at(Supplier<T> work) {
        return binding.<T, RuntimeException>call(clinic,
                new Actor(Actor.Kind.STAFF, asking, Set.of(Role.ADMINISTRATOR)), work::get);
    }
}

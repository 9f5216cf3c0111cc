// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.people.People;
import org.sluse.host.people.TestPeople;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;
import org.sluse.host.tenant.Source;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;

/** A clinic with two administrators, one of whom wants patient N-4 to be erased. */
class ErasureRequestsTest {

    private static final String ISSUER = "https://issuer.example";

    private final ManualClock clock = new ManualClock();
    private final KnownIds ids = new KnownIds();
    private final Binding binding = new Binding();
    private final People people = TestPeople.of(ControlDatabases.running(clock), binding, clock, ids, gone -> {
    });
    private final ErasureRequests requests = new ErasureRequests(TestClinics.ports(binding, clock),
            TestClinics.DATABASES, TestPeople.two(people, binding), binding, ids, clock);
    private final Tenant clinic = TestClinics.create();
    private Actor first = Actor.anonymous();
    private Actor second = Actor.anonymous();

    @BeforeEach
    void two_administrators() {
        first = administrator("1");
        second = administrator("2");
    }

    @Test
    void what_one_administrator_asks_for_another_one_confirms() {
        var asked = as(first, () -> requests.ask(" N-4 "));

        var confirmed = as(second, () -> requests.confirm(asked.id(), "N-4"));
        as(second, () -> {
            requests.done(confirmed);
            return true;
        });

        assertThat(confirmed).isEqualTo(asked);
        assertThat(as(first, requests::pending)).isEmpty();
        assertThat(trail("DELETE", "Erasure")).as("both of them")
                .containsExactly(asked.id() + "/" + first.id() + "/" + second.id());
    }

    @Test
    void nobody_confirms_what_they_have_asked_for() {
        var asked = as(first, () -> requests.ask("N-4"));

        refused("second-person-same", () -> as(first, () -> requests.confirm(asked.id(), "N-4")));

        assertThat(as(second, requests::pending)).containsExactly(asked);
    }

    @Test
    void the_operator_confirms_by_name_and_does_not_erase_alone() {
        var asked = as(first, () -> requests.ask("N-4"));
        var others = operator("ola", () -> requests.ask("N-5"));

        assertThat(operator("ola", () -> requests.confirm(asked.id(), "N-4"))).isEqualTo(asked);
        refused("second-person-of-clinic", () -> operator("kari", () -> requests.confirm(others.id(), "N-5")));
        refused("operator-unnamed", () -> as(Binding.OPERATOR, () -> requests.confirm(asked.id(), "N-4")));
        assertThat(as(first, () -> requests.confirm(others.id(), "N-5"))).isEqualTo(others);
    }

    @Test
    void two_people_of_the_operators_are_enough_where_the_clinic_has_no_administrator() {
        var alone = TestClinics.create();
        var asked = operator(alone, "ola", () -> requests.ask("N-4"));

        refused("second-person-same", () -> operator(alone, "ola", () -> requests.confirm(asked.id(), "N-4")));
        assertThat(operator(alone, "kari", () -> requests.confirm(asked.id(), "N-4"))).isEqualTo(asked);
    }

    @Test
    void a_request_of_somebody_who_has_left_is_not_confirmed() {
        var asked = as(first, () -> requests.ask("N-4"));
        as(second, () -> {
            people.remove(UUID.fromString(first.id()));
            return true;
        });

        refused("second-person-gone", () -> as(second, () -> requests.confirm(asked.id(), "N-4")));
    }

    @Test
    void is_confirmed_for_the_person_whom_it_is_about_and_for_nobody_else() {
        var asked = as(first, () -> requests.ask("N-4"));

        refused("unconfirmed", () -> as(second, () -> requests.confirm(asked.id(), "N-5")));
        refused("unconfirmed", () -> as(second, () -> requests.ask("N-4")));
        assertThat(as(first, () -> requests.ask("N-4"))).as("asked again by the same person").isEqualTo(asked);
    }

    @Test
    void counts_no_more_when_it_is_withdrawn_or_two_weeks_old() {
        var withdrawn = as(first, () -> requests.ask("N-4"));
        var old = as(first, () -> requests.ask("N-5"));
        as(second, () -> {
            requests.withdraw(withdrawn.id());
            return true;
        });
        assertThat(as(second, requests::pending)).containsExactly(old);

        clock.advance(Duration.ofDays(14));

        assertThat(as(second, requests::pending)).isEmpty();
        for (var gone : List.of(withdrawn, old)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> as(second, () -> requests.confirm(gone.id(), gone.person())))
                    .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.NOT_FOUND));
        }
    }

    @Test
    void does_not_say_in_the_database_whom_it_is_about() {
        var asked = as(first, () -> requests.ask("N-4"));

        String stored = TestClinics.DATABASES.asAdministrator(clinic.id(),
                handle -> handle.createQuery("select erasure_request::text from core.erasure_request")
                        .mapTo(String.class)
                        .one());

        assertThat(stored).contains(asked.id().toString()).doesNotContain("N-4");
    }

    private List<String> trail(String action, String type) {
        return TestClinics.DATABASES.asAdministrator(clinic.id(),
                handle -> handle
                        .createQuery("select object_id from core.audit where action = :action and object_type = :type")
                        .bind("action", action)
                        .bind("type", type)
                        .mapTo(String.class)
                        .list());
    }

    private static void refused(String code, Supplier<?> act) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(act::get)
                .satisfies(told -> assertThat(told.errors()).extracting(FieldError::code).containsExactly(code));
    }

    private Actor administrator(String number) {
        var added = as(Binding.OPERATOR, () -> people.add(ISSUER, new People.NewPerson("administrator-" + number,
                "Administrator " + number, List.of("administrator"))));
        return new Actor(Actor.Kind.STAFF, added.id(), Set.of(Role.ADMINISTRATOR));
    }

    private <T> T as(Actor actor, Supplier<T> work) {
        return binding.<T, RuntimeException>call(clinic, actor, work::get);
    }

    private <T> T operator(String name, Supplier<T> work) {
        return operator(clinic, name, work);
    }

    private <T> T operator(Tenant at, String name, Supplier<T> work) {
        return binding.<T, RuntimeException>from(Source.ITSELF, () -> {
            binding.calledBy(new OperatorName(name));
            return binding.<T, RuntimeException>call(at, Binding.OPERATOR, work::get);
        });
    }
}

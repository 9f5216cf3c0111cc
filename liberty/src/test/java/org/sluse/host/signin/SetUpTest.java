// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.key.Vaults;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PinnedHttp;
import org.sluse.host.people.People;
import org.sluse.host.people.TestPeople;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.host.tenant.TestTenants;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.ManualClock;

/** On real databases, of which the control database fails at the worst moment. */
class SetUpTest {

    private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", Set.of(Role.OPERATOR));
    private static final URI ISSUER = URI.create("https://name.example/auth");

    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final Tenants tenants = TestTenants.in(control, clock);
    private final Ids ids = new RandomIds();
    private final People people = TestPeople.of(control, binding, clock, ids, gone -> {
    });
    private final PinnedHttp http = new PinnedHttp(new AddressPolicy(false));
    private static final BiConsumer<Handle, Tenant> NOTHING = (_, _) -> {
    };

    private final SetUp setUp = new SetUp(control, tenants, people,
            new IdentityProviders(new AddressPolicy(false), http), binding, Vaults.settings(Path.of("unused")), clock,
            ids);
    private final String name = "Set up " + UUID.randomUUID();

    /** Databases outlive a test, and so do their ids. */
    private static final class RandomIds implements Ids {

        @Override
        public UUID next() {
            return UUID.randomUUID();
        }

        @Override
        public String token() {
            return UUID.randomUUID().toString();
        }
    }

    @AfterEach
    void mend() {
        asOwner("drop trigger if exists broken on tenant");
        http.stop();
    }

    @Test
    void a_link_sets_up_a_clinic_once() {
        var clinic = tenants.create(name);
        var code = code(clinic);

        redeem(clinic, code);

        assertThat(tenants.provider(clinic.id()).map(Tenants.Provider::issuer)).contains(ISSUER);
        assertThat(administrators(clinic)).containsExactly("Administrator 1");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> redeem(clinic, code))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.LINK_NOT_IN_USE));
    }

    @Test
    void a_link_works_for_a_week() {
        var clinic = tenants.create(name);
        var code = code(clinic);

        clock.advance(Duration.ofDays(7));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> redeem(clinic, code))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.LINK_NOT_IN_USE));
    }

    @Test
    void a_set_up_that_breaks_off_at_its_end_lets_nobody_in_and_can_be_done_again() {
        var clinic = tenants.create(name);
        var code = code(clinic);
        breakAtTheEnd();

        assertThatThrownBy(() -> redeem(clinic, code)).isInstanceOf(JdbiException.class);

        assertThat(tenants.provider(clinic.id())).isEmpty();
        mend();
        redeem(clinic, code);
        assertThat(tenants.provider(clinic.id()).map(Tenants.Provider::issuer)).contains(ISSUER);
        assertThat(administrators(clinic)).containsExactly("Administrator 1");
    }

    @Test
    void a_clinic_whose_making_breaks_off_at_its_end_is_not_there_and_can_be_made_again() {
        breakAtTheEnd();

        assertThatThrownBy(() -> setUp.create(name, particulars(), OPERATOR, NOTHING))
                .isInstanceOf(JdbiException.class);

        assertThat(tenants.all()).extracting(Tenant::name).doesNotContain(name);
        mend();
        var clinic = setUp.create(name, particulars(), OPERATOR, NOTHING);
        assertThat(tenants.provider(clinic.id()).map(Tenants.Provider::issuer)).contains(ISSUER);
        assertThat(administrators(clinic)).containsExactly("Administrator 1");
    }

    @Test
    void a_clinic_is_not_made_of_particulars_that_are_wrong() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> setUp.create(name, new SetUp.Particulars("http://127.0.0.1/auth", "sluse",
                        Optional.empty(), administrator()), OPERATOR, NOTHING));

        assertThat(tenants.all()).extracting(Tenant::name).doesNotContain(name);
    }

    /** The last thing that a transaction does is to find out that it may not: what it did before is done in every other database. */
    private void breakAtTheEnd() {
        asOwner("""
                create or replace function broken() returns trigger language plpgsql
                as $$ begin raise exception 'the connection is lost'; end $$;
                create constraint trigger broken after update on tenant deferrable initially deferred
                for each row execute function broken()""");
    }

    private static void asOwner(String statement) {
        try (var handle = RunningCluster.POSTGRES.open("sluse_control")) {
            handle.execute(statement);
        }
    }

    private String code(Tenant clinic) {
        return setUp.link(clinic.id()).getFragment();
    }

    private void redeem(Tenant clinic, String code) {
        binding.run(clinic, Actor.anonymous(), () -> setUp.redeem(code, particulars()));
    }

    private List<String> administrators(Tenant clinic) {
        return binding.<List<String>, RuntimeException>call(clinic, Actor.anonymous(),
                () -> people.all().stream().map(People.Person::name).toList());
    }

    private static SetUp.Particulars particulars() {
        return new SetUp.Particulars(ISSUER.toString(), "sluse", Optional.empty(), administrator());
    }

    private static People.NewPerson administrator() {
        return new People.NewPerson("administrator-1", "Administrator 1", List.of("administrator"));
    }
}

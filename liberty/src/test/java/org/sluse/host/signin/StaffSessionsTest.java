// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.Told;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.key.Vaults;
import org.sluse.host.people.People;
import org.sluse.host.people.SessionEnds;
import org.sluse.host.people.TestPeople;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.host.tenant.TestTenants;
import org.sluse.id.Ids;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

/** On real databases, with a clock that the test moves. */
class StaffSessionsTest {

    private static final String ISSUER = "https://name.example/auth";

    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final Tenants tenants = TestTenants.in(control, clock);
    private final Ids ids = new RandomIds();
    private final List<People.Gone> hints = new ArrayList<>();
    private final People people = TestPeople.of(control, binding, clock, ids, hints::add);
    private final SessionEnds ends = TestPeople.ends(control);
    private final StaffSessions sessions = sessions();
    private final Tenant clinic = tenants.create("Sessions " + UUID.randomUUID().toString().substring(0, 8));

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

    private StaffSessions sessions() {
        var told = new Told<People.Gone>();
        told.to(hints::add);
        return new StaffSessions(TestClinics.ports(binding, clock), TestClinics.DATABASES, tenants, binding,
                Vaults.settings(Path.of("unused")), clock, ids, ends, told);
    }

    @BeforeEach
    void two_people() {
        provide(ISSUER);
        at(() -> people.add(ISSUER, new People.NewPerson("1", "Practitioner 1", List.of("practitioner"))));
        at(() -> people.add(ISSUER,
                new People.NewPerson("2", "Administrator 1", List.of("administrator", "practitioner"))));
    }

    @Test
    void a_session_stands_for_ten_hours() {
        var session = begin("1");

        clock.advance(Duration.ofHours(10).minusSeconds(1));
        assertThat(standing(session)).containsOnlyKeys(key(session));
        clock.advance(Duration.ofSeconds(1));

        assertThat(standing(session)).isEmpty();
    }

    @Test
    void a_session_says_who_speaks_in_it_and_what_they_may() {
        assertThat(standing(begin("2")).values()).singleElement().satisfies(who -> {
            assertThat(who.kind()).isEqualTo(Actor.Kind.STAFF);
            assertThat(who.roles()).containsExactlyInAnyOrder(Role.ANYONE, Role.ADMINISTRATOR, Role.PRACTITIONER);
        });
    }

    @Test
    void whoever_signs_out_at_one_browser_is_signed_in_still_at_the_other() {
        var laptop = begin("1");
        var phone = begin("1");

        at(() -> sessions.end(laptop));

        assertThat(standing(laptop, phone)).containsOnlyKeys(key(phone));
        assertThat(hints).contains(new People.Gone(clinic.id()));
    }

    @Test
    void the_sessions_of_whoever_is_taken_off_the_list_are_over() {
        var session = begin("1");
        var id = standing(session).values().iterator().next().id();
        hints.clear();

        at(() -> people.remove(UUID.fromString(id)));

        assertThat(standing(session)).isEmpty();
        assertThat(hints).containsExactly(new People.Gone(clinic.id()));
    }

    @Test
    void a_role_that_somebody_has_lost_is_not_in_their_session_any_more() {
        var session = begin("2");
        hints.clear();

        at(() -> people.put(ISSUER, new People.NewPerson("2", "Administrator 1", List.of("administrator"))));

        assertThat(standing(session).values()).singleElement()
                .satisfies(who -> assertThat(who.is(Role.PRACTITIONER)).isFalse());
        assertThat(hints).containsExactly(new People.Gone(clinic.id()));
    }

    @Test
    void every_node_knows_of_late_at_which_clinic_a_session_was_ended() {
        var session = begin("1");
        var other = new TenantId("clinic-elsewhere");
        forget();
        assertThat(ends.ofLate(List.of(clinic.id(), other))).isEmpty();

        at(() -> sessions.end(session));

        assertThat(TestPeople.ends(control).ofLate(List.of(clinic.id(), other))).containsExactly(clinic.id());
        assertThat(ends.ofLate(List.of(other))).isEmpty();
    }

    @Test
    void every_node_knows_of_late_when_somebody_leaves_or_loses_a_role() {
        var id = standing(begin("1")).values().iterator().next().id();

        at(() -> people.put(ISSUER, new People.NewPerson("2", "Administrator 1", List.of("administrator"))));
        assertThat(ends.ofLate(List.of(clinic.id()))).containsExactly(clinic.id());
        forget();
        at(() -> people.remove(UUID.fromString(id)));

        assertThat(ends.ofLate(List.of(clinic.id()))).containsExactly(clinic.id());
    }

    @Test
    void a_session_that_ends_by_itself_is_one_of_late_once_its_time_is_over() {
        forget();
        begin("1");
        var expires = control.read(handle -> handle
                .createQuery("select at from session_end where tenant = :tenant")
                .bind("tenant", clinic.id().value())
                .mapTo(java.time.Instant.class)
                .one());
        assertThat(expires).isEqualTo(clock.instant().plus(Duration.ofHours(10)));

        control.write(
                handle -> handle.execute("update session_end set at = now() - interval '1 second' where tenant = ?",
                        clinic.id().value()));
        assertThat(ends.ofLate(List.of(clinic.id()))).containsExactly(clinic.id());
        control.write(
                handle -> handle.execute("update session_end set at = now() - interval '31 seconds' where tenant = ?",
                        clinic.id().value()));
        assertThat(ends.ofLate(List.of(clinic.id()))).isEmpty();
    }

    private void forget() {
        control.write(handle -> handle.execute("delete from session_end where tenant = ?", clinic.id().value()));
    }

    @Test
    void no_session_stands_once_the_clinic_has_another_issuer() {
        var session = begin("1");

        forget();
        provide("https://other.example/auth");

        assertThat(standing(session)).isEmpty();
        assertThat(ends.ofLate(List.of(clinic.id()))).containsExactly(clinic.id());
    }

    @Test
    void cookies_without_a_session_name_none_that_could_stand() {
        assertThat(standing("sluse-" + clinic.id() + "=")).isEmpty();
        assertThat(standing("another=1")).isEmpty();
        assertThat(sessions.key(clinic.id(), "another=1")).isEqualTo(new StaffSessions.Key(""));
    }

    @Test
    void asking_again_and_again_leaves_no_trace_in_the_audit_trail() {
        var session = begin("1");
        var before = audited();

        standing(session);

        assertThat(audited()).isEqualTo(before);
    }

    private int audited() {
        return TestClinics.DATABASES.asCore(clinic.id(), (Handle handle) -> handle
                .createQuery("select count(*) from core.audit")
                .mapTo(int.class)
                .one());
    }

    /** @return the {@code Cookie} header of the browser */
    private String begin(String subject) {
        return at(() -> sessions.begin(ISSUER, subject).orElseThrow()).split(";", 2)[0];
    }

    private StaffSessions.Key key(String cookies) {
        return sessions.key(clinic.id(), cookies);
    }

    private Map<StaffSessions.Key, Actor> standing(String... cookies) {
        return sessions.standing(clinic.id(), Set.copyOf(List.of(cookies).stream().map(this::key).toList()));
    }

    private void provide(String issuer) {
        control.inTransaction("TEST", "Tenant", clinic.id().value(), handle -> tenants.setProvider(handle,
                clinic.id(), new Tenants.Provider(URI.create(issuer), "sluse", Optional.empty())));
    }

    private <T> T at(ScopedValue.CallableOp<T, RuntimeException> act) {
        return binding.call(clinic, Actor.anonymous(), act);
    }

    private void at(Runnable act) {
        binding.run(clinic, Actor.anonymous(), act);
    }
}

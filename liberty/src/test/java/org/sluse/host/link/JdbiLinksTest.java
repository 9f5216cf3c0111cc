// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.config.HostSettings;
import org.sluse.host.key.Vaults;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.ManualClock;

class JdbiLinksTest {

    private static final HostSettings SETTINGS = Vaults.settings(Path.of("unused"));
    private static final URI PUBLIC = SETTINGS.publicUrl();

    private static final Duration DAY = Duration.ofDays(1);
    private static final Ids IDS = new org.sluse.testkit.KnownIds();

    private static Tenant clinic;

    private final Binding binding = new Binding();
    private final ManualClock clock = new ManualClock();
    private final TenantDatabase database = TestClinics.of(TestClinics.ALPHA, binding, clock);
    private final JdbiLinks links = links(TestClinics.ALPHA);

    @BeforeAll
    static void a_clinic() {
        clinic = TestClinics.create();
    }

    @Test
    void the_first_browser_holds_the_link() {
        var code = issue("session-1");

        var held = bound(() -> links.exchange(code, ""));

        assertThat(held.objectId()).isEqualTo("session-1");
        assertThat(held.linkId()).isEqualTo(code.split("\\.")[0]);
        assertThat(bound(() -> links.holder(held.linkId(), cookie(held.cookie())))).contains("session-1");
    }

    @Test
    void asking_who_holds_a_link_leaves_no_audit_entry() {
        var held = bound(() -> links.exchange(issue("session-0"), ""));

        bound(() -> links.holder(held.linkId(), cookie(held.cookie())));
        bound(() -> links.holder("AAAAAAAAAAAAAAAAAAAAAA", "sluse-link-" + clinic.id() + "-AAAAAAAAAAAAAAAAAAAAAA=x"));

        assertThat(TestClinics.DATABASES.<List<String>>lookUp(clinic.id(), TenantDatabases.CORE, handle -> handle
                .createQuery("select action from core.audit where object_id in (:id, 'AAAAAAAAAAAAAAAAAAAAAA')")
                .bind("id", held.linkId())
                .mapTo(String.class)
                .list())).containsExactly("SIGN_IN");
    }

    @Test
    void the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
        var held = bound(() -> links.exchange(issue("session-2"), ""));

        assertThat(held.cookie()).startsWith("sluse-link-" + clinic.id() + "-" + held.linkId() + "=")
                .contains("; HttpOnly; SameSite=Lax; ")
                // Ninety days longer than the link works: it may be put off meanwhile.
                .contains("Expires=Mon, 22 Feb 2027 12:00:00 GMT");
    }

    @Test
    void a_second_browser_is_refused() {
        var code = issue("session-3");
        bound(() -> links.exchange(code, ""));

        assertProblem(Problem.LINK_NOT_IN_USE, () -> bound(() -> links.exchange(code, "")));
        assertProblem(Problem.LINK_NOT_IN_USE,
                () -> bound(
                        () -> links.exchange(code,
                                LinkCookie.name(clinic.id(), code.split("\\.")[0], PUBLIC) + "=guessed")));
    }

    @Test
    void the_same_browser_resumes() {
        var code = issue("session-4");
        var first = bound(() -> links.exchange(code, ""));

        var again = bound(() -> links.exchange(code, "theme=dark; " + cookie(first.cookie())));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void an_expired_link_is_refused_from_the_very_second() {
        var code = issue("session-5");
        clock.advance(DAY.minusMillis(1));
        var held = bound(() -> links.exchange(code, ""));

        clock.advance(Duration.ofMillis(1));

        assertProblem(Problem.LINK_EXPIRED, () -> bound(() -> links.exchange(code, cookie(held.cookie()))));
        assertThat(bound(() -> links.holder(held.linkId(), cookie(held.cookie())))).isEmpty();
    }

    @Test
    void for_what_a_code_was_issued_is_known_after_it_was_spent_withdrawn_or_expired_and_of_no_other_code() {
        var code = issue("session-15");
        bound(() -> links.exchange(code, ""));
        bound(() -> database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Link", "session-15"), tx -> {
            links.withdraw(tx, "session-15");
            return true;
        }));
        clock.advance(DAY);

        assertThat(bound(() -> links.objectOf(code))).contains("session-15");
        for (var wrong : List.of(code.split("\\.")[0] + ".wrong", "AAAAAAAAAAAAAAAAAAAAAA.x", "x", "")) {
            assertThat(bound(() -> links.objectOf(wrong))).as(wrong).isEmpty();
        }
    }

    @Test
    void of_all_links_in_its_cookies_a_browser_holds_those_whose_secret_it_has() {
        var one = bound(() -> links.exchange(issue("session-12"), ""));
        var two = bound(() -> links.exchange(issue("session-13"), ""));
        var elses = bound(() -> links.exchange(issue("session-14"), ""));
        var guessed = LinkCookie.name(clinic.id(), elses.linkId(), PUBLIC) + "=guessed";

        var cookies = String.join("; ", cookie(one.cookie()), "theme=dark", guessed, cookie(two.cookie()));

        assertThat(bound(() -> links.held(cookies))).containsExactlyInAnyOrder("session-12", "session-13");
        assertThat(bound(() -> links.held(""))).isEmpty();
    }

    @Test
    void a_link_that_is_put_off_works_until_then_in_the_browser_that_holds_it_and_one_brought_forward_ends_at_once() {
        var code = issue("session-10");
        var held = bound(() -> links.exchange(code, ""));

        reschedule("session-10", DAY.multipliedBy(3));
        clock.advance(DAY.multipliedBy(2));

        assertThat(bound(() -> links.holder(held.linkId(), cookie(held.cookie())))).contains("session-10");
        assertThat(bound(() -> links.exchange(code, cookie(held.cookie()))).objectId()).isEqualTo("session-10");

        reschedule("session-10", Duration.ZERO);

        assertProblem(Problem.LINK_EXPIRED, () -> bound(() -> links.exchange(code, cookie(held.cookie()))));
    }

    @Test
    void a_withdrawn_link_is_not_brought_back_by_another_time() {
        var code = issue("session-11");
        bound(() -> database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Link", "session-11"), tx -> {
            links.withdraw(tx, "session-11");
            return true;
        }));

        reschedule("session-11", DAY.multipliedBy(3));

        assertProblem(Problem.LINK_NOT_IN_USE, () -> bound(() -> links.exchange(code, "")));
    }

    private void reschedule(String objectId, Duration fromNow) {
        bound(() -> database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Link", objectId), tx -> {
            links.reschedule(tx, objectId, clock.instant().plus(fromNow));
            return true;
        }));
    }

    @Test
    void a_withdrawn_link_is_refused_also_for_who_holds_it() {
        var code = issue("session-6");
        var held = bound(() -> links.exchange(code, ""));

        bound(() -> database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Link", "session-6"), tx -> {
            links.withdraw(tx, "session-6");
            return true;
        }));

        assertProblem(Problem.LINK_NOT_IN_USE, () -> bound(() -> links.exchange(code, cookie(held.cookie()))));
        assertThat(bound(() -> links.holder(held.linkId(), cookie(held.cookie())))).isEmpty();
    }

    @Test
    void a_wrong_secret_is_refused_and_does_not_use_the_link_up() {
        var code = issue("session-7");

        assertProblem(Problem.LINK_NOT_IN_USE, () -> bound(() -> links.exchange(code.split("\\.")[0] + ".wrong", "")));

        assertThat(bound(() -> links.exchange(code, "")).objectId()).isEqualTo("session-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "no-dot", ".secret", "unknown.secret", "token-9999999999999999.secret",
            "a\0b.secret", "' or true --.x"})
    void a_code_that_was_never_issued_is_refused(String code) {
        assertProblem(Problem.LINK_NOT_IN_USE, () -> bound(() -> links.exchange(code, "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "a\0b"})
    void a_link_id_that_was_never_issued_has_no_holder(String id) {
        assertThat(bound(() -> links.holder(id, LinkCookie.name(clinic.id(), id, PUBLIC) + "=secret"))).isEmpty();
    }

    @Test
    void a_link_of_one_plugin_is_none_of_another() {
        var code = issue("session-8");

        assertProblem(Problem.LINK_NOT_IN_USE, () -> bound(() -> links(TestClinics.BETA).exchange(code, "")));
    }

    @Test
    void only_hashes_are_stored() {
        var code = issue("session-9");
        var held = bound(() -> links.exchange(code, ""));
        var secrets = List.of(code.split("\\.")[1], cookie(held.cookie()).split("=")[1]);

        var row = bound(() -> database.inTransaction(AuditEntry.list("Link"), tx -> tx.handle()
                .createQuery(
                        "select encode(code_hash, 'escape') || encode(held_by, 'escape') || t::text from one_time_link t where object_id = 'session-9'")
                .mapTo(String.class)
                .one()));

        assertThat(row).contains("session-9").doesNotContain(secrets);
        var bytes = bound(() -> database.inTransaction(AuditEntry.list("Link"), tx -> tx.handle()
                .createQuery(
                        "select length(code_hash) + length(held_by) from one_time_link where object_id = 'session-9'")
                .mapTo(int.class)
                .one()));
        assertThat((int) bytes).isEqualTo(64);
    }

    private JdbiLinks links(PluginId plugin) {
        return new JdbiLinks(() -> plugin, TestClinics.of(plugin, binding, clock), TestClinics.DATABASES, binding,
                SETTINGS, clock, IDS);
    }

    private String issue(String objectId) {
        return bound(() -> database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Link", objectId),
                tx -> links.issue(tx, objectId, clock.instant().plus(DAY))));
    }

    private <T> T bound(Supplier<T> work) {
        return binding.call(clinic, Actor.anonymous(), work::get);
    }

    private static String cookie(String setCookie) {
        return setCookie.split(";")[0];
    }

    private static void assertProblem(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class,
                thrown -> assertThat(thrown.problem()).isEqualTo(problem));
    }
}

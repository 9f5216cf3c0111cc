// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.register.RegisterDocument.RecipientEntry;
import org.sluse.host.register.RegisterStore.Recipients;
import org.sluse.problem.SeenVersion;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

/** On a real control database; two stores stand for two nodes. */
class RegisterStoreTest {

    private static final ManualClock CLOCK = new ManualClock();
    private static final ControlDatabase CONTROL = ControlDatabases.running(CLOCK);
    private static final AtomicInteger CLINICS = new AtomicInteger();

    private final RegisterStore one = store();
    private final RegisterStore other = store();
    private final JarNews news = new JarNews(CONTROL);
    private final TenantId clinic = clinic();

    @Test
    void each_change_is_a_revision_chained_to_the_one_before() {
        one.receives(clinic, "alpha", recipients("alpha", 1, "jar-1"));
        toggle("alpha", true);
        var first = one.upToDate(clinic);
        toggle("alpha", false);
        var second = one.upToDate(clinic);

        assertThat(second).extracting(Revision::number).containsExactly(1, 2, 3);
        assertThat(second.subList(0, 2)).isEqualTo(first);
        assertThat(second).extracting(Revision::previous)
                .containsExactly(Revision.NONE, second.get(0).hash(), second.get(1).hash());
        assertThat(one.document(second.get(1)).activities().getFirst().recipients())
                .isEqualTo(HistoryTest.recipients("alpha", 1));
        assertThat(one.document(second.get(2)).activities()).isEmpty();
    }

    @Test
    void two_nodes_with_the_same_news_make_one_revision() throws Exception {
        one.upToDate(clinic);
        var controller = new Controller("Clinic North AS", "Street 1", "post@clinic.example", "", "");

        atOnce(node -> node.enter(clinic, SeenVersion.of("*"), controller));
        atOnce(node -> node.upToDate(clinic));

        assertThat(one.upToDate(clinic)).hasSize(2);
        assertThat(other.document(other.upToDate(clinic).getLast()).controller()).isEqualTo(controller);
    }

    @Test
    void a_clinic_that_was_moved_was_where_it_was_before() {
        var before = one.upToDate(clinic);

        CLOCK.advance(Duration.ofSeconds(1));
        CONTROL.write(handle -> {
            one.place(handle, clinic, "Oslo");
            return handle.execute("update tenant set location = 'Oslo' where id = ?", clinic.value());
        });

        var after = other.upToDate(clinic);
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        assertThat(after).hasSize(before.size() + 1);
        assertThat(one.document(after.getFirst()).location()).isEqualTo("Frankfurt");
        assertThat(one.document(after.getLast()).location()).isEqualTo("Oslo");
    }

    @Test
    void a_change_that_changes_nothing_makes_none() {
        toggle("alpha", true);
        var before = one.upToDate(clinic);
        toggle("alpha", true);
        one.receives(clinic, "beta", recipients("beta", 2, "jar-1"));

        assertThat(one.upToDate(clinic)).isEqualTo(before);
    }

    @Test
    void a_new_jar_that_declares_the_same_changes_no_register() {
        one.receives(clinic, "alpha", recipients("alpha", 1, "jar-1"));
        toggle("alpha", true);
        var before = one.upToDate(clinic);

        one.receives(clinic, "alpha", recipients("alpha", 1, "jar-2"));

        assertThat(one.told(clinic, "alpha")).contains(recipients("alpha", 1, "jar-2"));
        assertThat(one.isTold(clinic, "alpha", recipients("alpha", 1, "jar-1"))).isFalse();
        assertThat(one.upToDate(clinic)).isEqualTo(before);
        assertThat(one.told(clinic, "beta")).isEmpty();
    }

    @Test
    void somebody_else_a_further_one_or_a_further_category_is_more_than_was_told() {
        var told = of(entry("Record AS", Optional.of(List.of("ASSESSMENT"))));

        assertThat(of(entry("Record AS", Optional.of(List.of("ASSESSMENT")))).isWithin(told)).isTrue();
        assertThat(of(entry("Record AS", Optional.of(List.of()))).isWithin(told)).isTrue();
        assertThat(of().isWithin(told)).isTrue();
        assertThat(of(entry("Other AS", Optional.of(List.of("ASSESSMENT")))).isWithin(told)).isFalse();
        assertThat(of(entry("Record AS", Optional.of(List.of("ASSESSMENT", "CONTACT")))).isWithin(told)).isFalse();
        assertThat(of(entry("Record AS", Optional.of(List.of("CONTACT")))).isWithin(of())).isFalse();
        assertThat(of(entry("Record AS", Optional.of(List.of("CONTACT"))))
                .isWithin(of(entry("Record AS", Optional.empty())))).as("nobody knows what it received before")
                .isTrue();
    }

    private static Recipients of(RecipientEntry... entries) {
        return new Recipients(List.of(entries), Optional.of("jar"));
    }

    private static RecipientEntry entry(String name, Optional<List<String>> categories) {
        var nothing = new Words("", "", "");
        return new RecipientEntry("record", name, "Street 1", "NO", nothing, nothing, nothing, Optional.empty(),
                categories);
    }

    private static Recipients recipients(String module, int count, String jar) {
        return new Recipients(HistoryTest.recipients(module, count), Optional.of(jar));
    }

    @Test
    void two_nodes_sign_with_the_same_key() {
        assertThat(one.publicKey()).isEqualTo(other.publicKey()).startsWith("-----BEGIN PUBLIC KEY-----\n");
    }

    @Test
    void a_jar_is_in_force_until_another_one_starts() {
        var old = new RegisterStore.Jar("a", HistoryTest.manifest("old"));
        var young = new RegisterStore.Jar("b", HistoryTest.manifest("new"));
        var module = "module-of-" + clinic;

        assertThat(one.describe(module, old)).isTrue();
        assertThat(one.describe(module, old)).isFalse();
        assertThat(other.describe(module, young)).isTrue();
        assertThat(one.isInForce(module, old)).isFalse();
        assertThat(one.isInForce(module, young)).isTrue();
    }

    @Test
    void of_a_new_jar_those_are_told_who_were_told_of_the_module_before() {
        var module = "module-of-" + clinic;
        clinic();
        one.receives(clinic, module, recipients(module, 1, "a"));
        one.describe(module, new RegisterStore.Jar("b", HistoryTest.manifest("new")));

        var taken = news.next(List.of(module)).orElseThrow();
        assertThat(taken.tenant()).isEqualTo(clinic);
        assertThat(news.next(List.of(module))).as("who has taken it tells it").isEmpty();
        aMinutePasses(module);
        var again = news.next(List.of(module)).orElseThrow();
        assertThat(again.tenant()).as("who had taken it has died").isEqualTo(clinic);
        news.told(again);

        aMinutePasses(module);
        assertThat(news.next(List.of(module))).isEmpty();
        assertThat(news.modules()).doesNotContain(module);
    }

    @Test
    void a_jar_that_is_newer_than_what_is_being_told_is_told_too() {
        var module = "module-of-" + clinic;
        one.receives(clinic, module, recipients(module, 1, "a"));
        one.describe(module, new RegisterStore.Jar("b", HistoryTest.manifest("new")));
        var taken = news.next(List.of(module)).orElseThrow();

        other.describe(module, new RegisterStore.Jar("c", HistoryTest.manifest("newest")));
        news.told(taken);

        assertThat(news.next(List.of(module))).isPresent();
    }

    private static void aMinutePasses(String module) {
        CONTROL.write(
                handle -> handle.execute("update register_notice set try_after = now() where module = ?", module));
    }

    private void atOnce(Function<RegisterStore, Object> work) throws Exception {
        var ready = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var tasks = List.of(one, other)
                    .stream()
                    .map(node -> (Callable<Object>) () -> {
                        ready.await(10, TimeUnit.SECONDS);
                        return work.apply(node);
                    })
                    .toList();
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    private void toggle(String module, boolean on) {
        CONTROL.inTransaction("TEST", "Module", clinic.value(),
                handle -> handle.createUpdate(
                        "insert into toggle (tenant, plugin, state, revision, at, actor) values (:tenant, :plugin, :state, :revision, :at, 'test')")
                        .bind("tenant", clinic.value())
                        .bind("plugin", module)
                        .bind("state", on ? "ON" : "OFF")
                        .bind("revision", ControlDatabase.nextRevision(handle))
                        .bind("at", Timestamp.from(CLOCK.instant()))
                        .execute());
    }

    private static TenantId clinic() {
        var id = new TenantId("register-" + CLINICS.incrementAndGet());
        CONTROL.inTransaction("TEST", "Tenant", id.value(),
                handle -> handle.createUpdate(
                        "insert into tenant (id, name, location, created_at) values (:id, 'Clinic North', 'Frankfurt', :at)")
                        .bind("id", id.value())
                        .bind("at", Timestamp.from(CLOCK.instant()))
                        .execute());
        CLOCK.advance(Duration.ofSeconds(1));
        return id;
    }

    private static RegisterStore store() {
        return new RegisterStore(CONTROL, new RegisterSeal(CONTROL, RunningCluster.VAULT), RegisterBeans.json(), CLOCK);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;

class JdbiChangeNumbersTest {

    private static final AuditEntry CHANGE = AuditEntry.of(AuditAction.CHANGE, "Note", "1");
    private static Tenant north;
    private static Tenant south;

    private final Binding binding = new Binding();
    private final PluginDatabase alpha = TestClinics.database(TestClinics.ALPHA, binding, new ManualClock());
    private final PluginDatabase core = TestClinics.database(TenantDatabases.CORE, binding, new ManualClock());
    private final JdbiChangeNumbers numbers = of(TestClinics.ALPHA, TestClinics.DATABASES);

    @BeforeAll
    static void two_clinics() {
        north = TestClinics.create();
        south = TestClinics.create();
    }

    @BeforeEach
    void the_tables_are_there() {
        in(north, () -> alpha.inTransaction(AuditEntry.list("Note"), tx -> true));
    }

    @Test
    void one_that_was_never_raised_is_0() {
        assertThat(now("never")).isZero();
    }

    @Test
    void each_of_those_that_are_raised_is_another_one_and_no_other_is() {
        raise("a", "b");
        raise("b");

        assertThat(in(north, () -> numbers.now(Set.of("a", "b", "c")))).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 0L));
    }

    @Test
    void it_is_another_one_with_the_commit_and_not_before() {
        in(north, () -> alpha.inTransaction(CHANGE, tx -> {
            numbers.raise(tx, List.of("held"));
            assertThat(now("held")).isZero();
            return true;
        }));

        assertThat(now("held")).isEqualTo(1);
    }

    @Test
    void what_rolls_back_raises_nothing() {
        assertThatThrownBy(() -> in(north, () -> alpha.inTransaction(CHANGE, tx -> {
            numbers.raise(tx, List.of("lost"));
            throw new IllegalStateException("the use case failed");
        }))).hasMessage("the use case failed");

        assertThat(now("lost")).isZero();
    }

    @Test
    void a_look_leaves_no_audit_row() {
        raise("looked");
        var before = auditRows();

        for (var look = 0; look < 1200; look++) {
            now("looked");
        }

        assertThat(auditRows()).isEqualTo(before);
    }

    @Test
    void another_node_sees_the_same() {
        raise("shared");

        assertThat(in(north, () -> of(TestClinics.ALPHA,
                TestClinics.node()).now(Set.of("shared"))))
                .isEqualTo(in(north, () -> numbers.now(Set.of("shared"))));
    }

    @Test
    void another_plugin_and_another_clinic_have_numbers_of_their_own() {
        raise("own");

        assertThat(in(north, () -> of(TestClinics.BETA, TestClinics.DATABASES).now(Set.of("own"))))
                .isEqualTo(Map.of("own", 0L));
        assertThat(in(south, () -> numbers.now(Set.of("own")))).isEqualTo(Map.of("own", 0L));
    }

    @Test
    void two_that_raise_the_same_in_different_order_do_not_block_each_other() throws InterruptedException {
        var together = new CyclicBarrier(2);
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var orders = List.of(List.of("x", "y", "z"), List.of("z", "y", "x"));
        var threads = orders.stream().map(names -> Thread.ofVirtual().unstarted(() -> {
            for (var turn = 0; turn < 50; turn++) {
                in(north, () -> alpha.inTransaction(CHANGE, tx -> {
                    await(together);
                    numbers.raise(tx, names);
                    return true;
                }));
            }
        })).toList();
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((any, failure) -> failures.add(failure)));

        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(in(north, () -> numbers.now(Set.of("x", "y", "z")))).containsValues(100L).hasSize(3);
    }

    @Test
    void a_name_that_is_too_long_is_refused() {
        assertThatThrownBy(() -> now("n".repeat(101))).hasMessage("A change number's name has 1 to 100 characters");
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException alone) {
            throw new IllegalStateException(alone);
        }
    }

    private JdbiChangeNumbers of(PluginId plugin, TenantDatabases databases) {
        return new JdbiChangeNumbers(() -> plugin, databases, binding);
    }

    private void raise(String... names) {
        in(north, () -> alpha.inTransaction(CHANGE, tx -> {
            numbers.raise(tx, List.of(names));
            return true;
        }));
    }

    private long now(String name) {
        return in(north, () -> numbers.now(Set.of(name))).getOrDefault(name, -1L);
    }

    private long auditRows() {
        return in(north, () -> core.inTransaction(AuditEntry.list("Audit"),
                tx -> tx.handle()
                        .createQuery("select count(*) from audit where object_type <> 'Audit'")
                        .mapTo(long.class)
                        .one()));
    }

    private <T> T in(Tenant tenant, Supplier<T> work) {
        return binding.call(tenant, KnownTenant.practitioner("practitioner-1"), work::get);
    }
}

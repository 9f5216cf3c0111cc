// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.gate.Gate;
import org.sluse.host.look.Crew;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.host.tenant.TestTenants;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

/** On a real control database and real databases of clinics. */
class ClinicNoticesTest {

    private static final ManualClock CLOCK = new ManualClock();
    private static final ControlDatabase CONTROL = ControlDatabases.running(CLOCK);

    private final Binding binding = new Binding();
    private final DataPorts data = TestClinics.ports(binding, CLOCK);
    private final Gate gate = new Gate();
    private final ClinicNotices notices = new ClinicNotices(CONTROL, data, gate, binding);

    @Test
    void a_clinic_is_told_that_it_was_made_and_from_where() {
        var clinic = binding.<Tenant, RuntimeException>from(Source.of("192.0.2.77", "sluse", false),
                ClinicNoticesTest::clinic);
        knows(clinic);

        tellAll();

        assertThat(trail(clinic)).contains("OPERATOR operator CREATE Tenant " + clinic.id() + " 192.0.2.0/24");
        assertThat(waiting(clinic)).isZero();
    }

    @Test
    void each_clinic_that_wants_a_plugin_is_told_that_it_was_stopped_and_no_other() {
        var plugin = "plugin" + UUID.randomUUID().toString().substring(0, 6);
        var wants = clinic();
        var wanted = clinic();
        var never = clinic();
        wish(wants, plugin, "ON");
        wish(wanted, plugin, "ON");
        wish(wanted, plugin, "OFF");
        knows(wants, wanted, never);

        CONTROL.record(Act.of("KILL", "Plugin", plugin + "/record"));
        CONTROL.record(Act.of("REVIVE", "Plugin", plugin + "/record"));
        CONTROL.record(Act.of("ROLL_OUT", "Plugin", plugin + "/PERCENT"));
        tellAll();

        assertThat(trail(wants)).contains("OPERATOR operator SWITCH_OFF Module " + plugin + "/record ",
                "OPERATOR operator SWITCH_ON Module " + plugin + "/record ",
                "OPERATOR operator CHANGE Rollout " + plugin + "/PERCENT ");
        assertThat(trail(wanted)).noneMatch(row -> row.contains(plugin));
        assertThat(trail(never)).noneMatch(row -> row.contains(plugin));
    }

    @Test
    void a_clinic_that_cannot_be_told_keeps_nobody_else_waiting_and_is_told_later() {
        var unknown = clinic();
        var other = clinic();
        knows(other);

        tellAll();

        assertThat(waiting(unknown)).isOne();
        assertThat(waiting(other)).isZero();
    }

    @Test
    void an_act_on_a_plugin_that_10000_clinics_want_is_one_statement_and_each_claim_reads_a_few_rows() {
        // As the owner, who alone may have statistics made.
        try (var handle = RunningCluster.POSTGRES.open("sluse_control")) {
            handle.begin();
            handle.execute("""
                    insert into tenant (id, name, location, created_at)
                    select 'mass-' || number, 'Clinic', 'Frankfurt', now() from generate_series(1, 10000) number""");
            handle.execute(
                    """
                            insert into operator_log (at, actor_kind, actor_id, action, object_type, object_id)
                            values (now(), 'OPERATOR', 'operator', 'KILL', 'Plugin', 'mass'), (now(), 'OPERATOR', 'operator', 'REVIVE', 'Plugin', 'mass')""");
            handle.execute("""
                    insert into operator_notice (log, tenant)
                    select operator_log.id, tenant.id from operator_log, tenant
                    where object_id = 'mass' and tenant.id like 'mass-%'""");
            handle.execute("analyze operator_notice");

            var claim = handle.createQuery("explain (analyze, format json) " + ClinicNotices.CLAIM)
                    .mapTo(String.class)
                    .one();
            assertThat(Plans.rowsRead(Plans.read(claim))).isLessThan(100);
            handle.rollback();
        }
    }

    @Test
    void many_are_told_at_a_time_each_once_and_each_clinic_in_the_order_of_the_acts() {
        var plugin = "plugin" + UUID.randomUUID().toString().substring(0, 6);
        var clinics = mass(plugin, 200);
        var told = new ConcurrentHashMap<TenantId, List<String>>();
        var atWork = new AtomicInteger();
        var most = new AtomicInteger();
        var many = new ClinicNotices(CONTROL, notice -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            Thread.yield();
            told.computeIfAbsent(notice.tenant(), any -> new CopyOnWriteArrayList<>())
                    .add(notice.entry().action().name());
            atWork.decrementAndGet();
            return true;
        });
        CONTROL.record(Act.of("KILL", "Plugin", plugin));
        CONTROL.record(Act.of("REVIVE", "Plugin", plugin));

        do {
            Crew.work(many::tellOne);
        } while (waiting(clinics) > 0);

        assertThat(most.get()).isBetween(2, Crew.AT_ONCE);
        assertThat(told.keySet()).containsAll(clinics);
        clinics.forEach(clinic -> assertThat(told.get(clinic)).containsExactly("SWITCH_OFF", "SWITCH_ON"));
    }

    @Test
    void what_a_node_had_taken_when_it_died_is_told_by_another_a_minute_later_and_nothing_before_it() {
        var plugin = "plugin" + UUID.randomUUID().toString().substring(0, 6);
        var clinic = mass(plugin, 1);
        CONTROL.record(Act.of("KILL", "Plugin", plugin));
        CONTROL.record(Act.of("REVIVE", "Plugin", plugin));
        var dying = new ClinicNotices(CONTROL, notice -> {
            if (clinic.contains(notice.tenant())) {
                throw new IllegalStateException("the node dies");
            }
            return true;
        });
        assertThatThrownBy(() -> tellAll(dying)).hasMessage("the node dies");
        var told = new ArrayList<AuditAction>();
        var other = new ClinicNotices(CONTROL,
                notice -> !clinic.contains(notice.tenant()) || told.add(notice.entry().action()));

        tellAll(other);
        assertThat(told).as("it may be told at this moment").isEmpty();
        CONTROL.write(handle -> handle.execute("update operator_notice set try_after = now() where tenant = ?",
                clinic.getFirst().value()));
        tellAll(other);

        assertThat(told).containsExactly(AuditAction.SWITCH_OFF, AuditAction.SWITCH_ON);
        assertThat(waiting(clinic)).isZero();
    }

    private static void tellAll(ClinicNotices by) {
        while (by.tellOne()) {
            // Until nothing is left to be told now.
        }
    }

    /** Clinics without databases, all of which want the plugin. */
    private static List<TenantId> mass(String plugin, int count) {
        return CONTROL.write(handle -> {
            var clinics = IntStream.range(0, count).mapToObj(number -> new TenantId(plugin + "-" + number)).toList();
            clinics.forEach(clinic -> {
                handle.execute(
                        "insert into tenant (id, name, location, created_at) values (?, 'Clinic', 'Frankfurt', now())",
                        clinic.value());
                handle.execute(
                        "insert into toggle (tenant, plugin, state, revision, at, actor) values (?, ?, 'ON', ?, now(), 'test')",
                        clinic.value(), plugin, ControlDatabase.nextRevision(handle));
            });
            return clinics;
        });
    }

    private static int waiting(List<TenantId> clinics) {
        return CONTROL.read(handle -> handle
                .createQuery("select count(*) from operator_notice where tenant = any (:tenants)")
                .bindArray("tenants", String.class, clinics.stream().map(TenantId::value).toArray())
                .mapTo(int.class)
                .one());
    }

    private void tellAll() {
        tellAll(notices);
    }

    private void knows(Tenant... clinics) {
        var on = new LinkedHashMap<Tenant, List<PluginId>>();
        List.of(clinics).forEach(clinic -> on.put(clinic, List.of()));
        gate.enforce(1, on, List.of(), Set.of());
    }

    private List<String> trail(Tenant clinic) {
        return binding.<List<String>, RuntimeException>call(clinic, Actor.anonymous(),
                () -> data.forPlugin(TenantDatabases.CORE)
                        .inTransaction(AuditEntry.list("Audit"), tx -> tx.handle().createQuery("""
                                select concat_ws(' ', actor_kind, actor_id, action, object_type, object_id, network)
                                from audit order by id""").mapTo(String.class).list()));
    }

    private static int waiting(Tenant clinic) {
        return CONTROL.read(handle -> handle.createQuery("select count(*) from operator_notice where tenant = :tenant")
                .bind("tenant", clinic.id().value())
                .mapTo(int.class)
                .one());
    }

    private static Tenant clinic() {
        return TestTenants.in(CONTROL, CLOCK).create("Told " + UUID.randomUUID().toString().substring(0, 13));
    }

    private static void wish(Tenant clinic, String plugin, String state) {
        CONTROL.inTransaction("TEST", "Module", clinic.id().value(),
                handle -> handle.createUpdate(
                        "insert into toggle (tenant, plugin, state, revision, at, actor) values (:tenant, :plugin, :state, :revision, now(), 'test')")
                        .bindMap(Map.of("tenant", clinic.id().value(), "plugin", plugin, "state", state))
                        .bind("revision", ControlDatabase.nextRevision(handle))
                        .execute());
    }
}

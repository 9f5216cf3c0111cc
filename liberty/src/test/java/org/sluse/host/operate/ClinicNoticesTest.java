// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditEntry;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.gate.Gate;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.host.tenant.TestTenants;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
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

    private void tellAll() {
        while (notices.tellOne()) {
            // Until nothing is left to be told now.
        }
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

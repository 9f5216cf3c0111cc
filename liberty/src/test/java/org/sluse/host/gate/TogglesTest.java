// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.gate.GateKeeper.Switched;
import org.sluse.host.location.TestLocations;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** On a real control database; two of them stand for two nodes. */
class TogglesTest {

    private static final AtomicInteger CLINICS = new AtomicInteger();

    private final PluginId plugin = ControlNode.plugin();
    private final ControlNode one = new ControlNode(plugin);
    private final ControlNode other = new ControlNode(plugin);
    private final Tenant clinic = clinic();

    @Test
    void a_switch_is_in_force_here_at_once_and_elsewhere_with_the_next_look() {
        one.toggles().set(clinic.id(), plugin, Wish.ON);

        assertThat(one.gate().isOn(clinic.id(), plugin)).isTrue();
        assertThat(other.gate().isOn(clinic.id(), plugin)).isFalse();

        other.look();
        assertThat(other.gate().isOn(clinic.id(), plugin)).isTrue();
        assertThat(other.news()).contains(new Switched(clinic, plugin, true));
    }

    @Test
    void wanting_what_is_wanted_changes_nothing() {
        var first = one.toggles().set(clinic.id(), plugin, Wish.ON);

        assertThat(one.toggles().set(clinic.id(), plugin, Wish.ON)).isEqualTo(first);
    }

    @Test
    void what_may_not_follow_is_refused() {
        one.toggles().set(clinic.id(), plugin, Wish.ON);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> one.toggles().set(clinic.id(), plugin, Wish.ASKED));
        assertThat(one.toggles().wanted(clinic.id(), plugin).wish()).isEqualTo(Wish.ON);
    }

    @Test
    void what_is_asked_for_is_not_on() {
        one.toggles().set(clinic.id(), plugin, Wish.ASKED);

        assertThat(one.gate().isOn(clinic.id(), plugin)).isFalse();
        assertThat(one.toggles().wanted(clinic.id(), plugin).by()).contains("operator");
    }

    @Test
    void a_plugin_that_is_killed_is_off_and_as_before_once_it_is_allowed_again() {
        one.toggles().set(clinic.id(), plugin, Wish.ON);

        one.restrictions().kill(new Killed(plugin, Optional.empty()), true, "A fault");
        assertThat(one.gate().isOn(clinic.id(), plugin)).isFalse();
        assertThat(one.restrictions().at(clinic.id(), plugin).orElseThrow().why()).isEqualTo("A fault");
        assertThat(one.news()).contains(new Switched(clinic, plugin, false));

        one.restrictions().kill(new Killed(plugin, Optional.empty()), false, "Mended");
        assertThat(one.gate().isOn(clinic.id(), plugin)).isTrue();
        assertThat(one.restrictions().at(clinic.id(), plugin)).isEmpty();
    }

    @Test
    void a_recipient_that_is_killed_leaves_the_plugin_on() {
        one.toggles().set(clinic.id(), plugin, Wish.ON);
        var killed = new Killed(plugin, Optional.of("record"));

        one.restrictions().kill(killed, true, "A fault");

        assertThat(one.gate().isOn(clinic.id(), plugin)).isTrue();
        assertThat(one.gate().isKilled(plugin, "record")).isTrue();
        assertThat(one.news()).contains(killed);
    }

    @Test
    void a_plugin_that_is_not_rolled_out_this_far_is_off() {
        one.toggles().set(clinic.id(), plugin, Wish.ON);

        one.restrictions().rollOut(plugin, new Stage.Pilot(Set.of(new TenantId("clinic-elsewhere"))), "A pilot");
        assertThat(one.gate().isOn(clinic.id(), plugin)).isFalse();
        assertThat(one.restrictions().at(clinic.id(), plugin).orElseThrow().kind())
                .isEqualTo(Restriction.Kind.HELD_BACK);

        one.restrictions().rollOut(plugin, new Stage.Pilot(Set.of(clinic.id())), "A wider pilot");
        assertThat(one.gate().isOn(clinic.id(), plugin)).isTrue();
    }

    @Test
    void a_revision_is_in_force_on_as_many_nodes_as_have_said_so() {
        one.look();
        other.look();

        var revision = one.toggles().set(clinic.id(), plugin, Wish.ON);
        assertThat(one.nodes().inForce(revision).isEverywhere()).isFalse();

        other.look();
        var nodes = one.nodes().all().stream().filter(Nodes.Node::serves).filter(node -> node.revision() >= revision);
        assertThat(nodes.map(Nodes.Node::id)).contains(one.nodes().self(), other.nodes().self());

        one.control().write(handle -> {
            other.nodes().leave(handle);
            return true;
        });
        // Not how many there are: those of other tests fall silent meanwhile.
        assertThat(one.nodes().all().stream().filter(Nodes.Node::serves).map(Nodes.Node::id))
                .contains(one.nodes().self())
                .doesNotContain(other.nodes().self());
    }

    @Test
    void a_clinic_of_another_location_has_nothing_on_here_whatever_it_wants() {
        one.toggles().set(clinic.id(), plugin, Wish.ON);
        other.look();
        assertThat(other.gate().isOn(clinic.id(), plugin)).isTrue();

        one.control().inTransaction("TEST", "Tenant", clinic.id().value(), handle -> {
            handle.execute("update tenant set location = 'Oslo' where id = ?", clinic.id().value());
            ControlDatabase.nextRevision(handle);
        });
        other.look();

        assertThat(other.gate().isElsewhere(clinic.id())).isTrue();
        assertThat(other.gate().tenant(clinic.id())).isEmpty();
        assertThat(other.gate().tenantsWith(plugin)).isEmpty();
        assertThat(other.news()).endsWith(new Switched(clinic, plugin, false),
                new GateKeeper.Placed(clinic.id()));
    }

    @Test
    void a_location_is_served_as_long_as_a_node_of_it_is_there() {
        one.look();

        assertThat(one.nodes().serve(TestLocations.frankfurt().own())).isTrue();
        assertThat(one.nodes().serve(TestLocations.of("Oslo", Map.of()).own()))
                .isFalse();
    }

    @Test
    void a_clinic_that_is_being_moved_is_served_nowhere() {
        one.look();
        one.control().write(handle -> {
            handle.execute("insert into move (tenant, source, target, begun_at) values (?, 'frankfurt', 'oslo', now())",
                    clinic.id().value());
            return ControlDatabase.nextRevision(handle);
        });
        one.look();
        assertThat(one.gate().isElsewhere(clinic.id())).isTrue();

        one.control().write(handle -> {
            handle.execute("delete from move");
            return ControlDatabase.nextRevision(handle);
        });
        one.look();
        assertThat(one.gate().tenant(clinic.id())).isPresent();
        assertThat(one.news()).as("when it goes and when it comes")
                .filteredOn(new GateKeeper.Placed(clinic.id())::equals)
                .hasSize(2);
    }

    @Test
    void a_clinic_that_has_left_is_unknown_and_nothing_is_on_there() {
        one.toggles().set(clinic.id(), plugin, Wish.ON);
        other.look();
        assertThat(other.gate().isOn(clinic.id(), plugin)).isTrue();

        one.control().write(handle -> {
            handle.execute("delete from toggle where tenant = ?", clinic.id().value());
            handle.execute("delete from tenant where id = ?", clinic.id().value());
            return ControlDatabase.nextRevision(handle);
        });
        other.look();

        assertThat(other.gate().tenant(clinic.id())).isEmpty();
        assertThat(other.gate().isElsewhere(clinic.id())).isFalse();
        assertThat(other.news()).as("its sockets close, and what is known of it is forgotten")
                .endsWith(new Switched(clinic, plugin, false), new GateKeeper.Placed(clinic.id()));
    }

    @Test
    void the_name_of_a_location_is_its_id_whatever_its_capitals() {
        one.control().inTransaction("TEST", "Tenant", clinic.id().value(), handle -> {
            handle.execute("update tenant set location = 'frankfurt' where id = ?", clinic.id().value());
            ControlDatabase.nextRevision(handle);
        });
        one.look();

        assertThat(one.gate().isElsewhere(clinic.id())).isFalse();
    }

    private Tenant clinic() {
        var tenant = new Tenant(new TenantId("toggles-" + CLINICS.incrementAndGet()), "Clinic", "Frankfurt");
        one.control().inTransaction("TEST", "Tenant", tenant.id().value(), handle -> {
            handle.createUpdate(
                    "insert into tenant (id, name, location, created_at) values (:id, 'Clinic', 'Frankfurt', now())")
                    .bind("id", tenant.id().value())
                    .execute();
            ControlDatabase.nextRevision(handle);
        });
        return tenant;
    }
}

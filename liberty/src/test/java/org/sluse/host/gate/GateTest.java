// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

class GateTest {

    private static final Tenant NORTH = new Tenant(new TenantId("clinic-north"), "Clinic North", "Frankfurt");
    private static final Tenant SOUTH = new Tenant(new TenantId("clinic-south"), "Clinic South", "Frankfurt");
    private static final PluginId VIDEO = new PluginId("video");
    private static final PluginId EPR = new PluginId("epr");
    private static final List<PluginId> BOTH = List.of(EPR, VIDEO);

    private static final Set<Killed> NONE_KILLED = Set.of();

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final Gate gate = new Gate(nanoTime::get);

    @Test
    void is_shut_for_everybody_before_the_first_revision() {
        assertThat(gate.isOn(NORTH.id(), VIDEO)).isFalse();
        assertThat(gate.tenant(NORTH.id())).isEmpty();
        assertThat(gate.revision()).isEqualTo(-1);
    }

    @Test
    void is_open_for_the_plugin_of_the_clinic_that_switched_it_on_and_for_no_other() {
        gate.enforce(1, Map.of(NORTH, List.of(VIDEO), SOUTH, List.of(EPR)), BOTH, NONE_KILLED);

        assertThat(gate.isOn(NORTH.id(), VIDEO)).isTrue();
        assertThat(gate.isOn(NORTH.id(), EPR)).isFalse();
        assertThat(gate.isOn(SOUTH.id(), VIDEO)).isFalse();
        assertThat(gate.isOn(SOUTH.id(), EPR)).isTrue();
    }

    @Test
    void is_shut_for_a_clinic_that_is_not_there() {
        gate.enforce(1, Map.of(NORTH, BOTH), BOTH, NONE_KILLED);

        assertThat(gate.isOn(SOUTH.id(), VIDEO)).isFalse();
        assertThat(gate.tenant(SOUTH.id())).isEmpty();
    }

    @Test
    void is_shut_for_a_plugin_that_is_not_installed_even_when_a_clinic_has_it_on() {
        gate.enforce(1, Map.of(NORTH, BOTH), List.of(VIDEO), NONE_KILLED);

        assertThat(gate.isOn(NORTH.id(), EPR)).isFalse();
        assertThat(gate.isOn(NORTH.id(), VIDEO)).isTrue();
    }

    @Test
    void decides_by_the_new_revision_at_once() {
        gate.enforce(1, Map.of(NORTH, List.of(VIDEO)), BOTH, NONE_KILLED);

        gate.enforce(2, Map.of(NORTH, List.of(EPR)), BOTH, NONE_KILLED);

        assertThat(gate.revision()).isEqualTo(2);
        assertThat(gate.isOn(NORTH.id(), VIDEO)).isFalse();
        assertThat(gate.isOn(NORTH.id(), EPR)).isTrue();
    }

    @Test
    void names_the_clinics_that_have_a_plugin_on() {
        gate.enforce(1, Map.of(NORTH, BOTH, SOUTH, List.of(EPR)), BOTH, NONE_KILLED);

        assertThat(gate.tenantsWith(VIDEO)).containsExactly(NORTH);
        assertThat(gate.tenantsWith(EPR)).containsExactlyInAnyOrder(NORTH, SOUTH);
        assertThat(gate.countWith(VIDEO)).isEqualTo(1);
        assertThat(gate.countWith(EPR)).isEqualTo(2);
        assertThat(gate.countWith(new PluginId("nothing"))).isZero();
    }

    @Test
    void tells_100_plugins_apart() {
        var plugins = plugins(100);

        gate.enforce(1, Map.of(NORTH, List.of(plugins.getFirst(), plugins.get(64), plugins.getLast())), plugins,
                NONE_KILLED);

        assertThat(plugins.stream().filter(plugin -> gate.isOn(NORTH.id(), plugin))).containsExactly(plugins.getFirst(),
                plugins.get(64),
                plugins.getLast());
    }

    @Test
    void knows_which_recipients_the_operator_has_forbidden() {
        gate.enforce(1, Map.of(NORTH, BOTH), BOTH, Set.of(new Killed(EPR, Optional.of("extensor"))));

        assertThat(gate.isKilled(EPR, "extensor")).isTrue();
        assertThat(gate.isKilled(EPR, "other")).isFalse();
        assertThat(gate.isKilled(VIDEO, "extensor")).isFalse();
    }

    @Test
    void has_confirmed_nothing_before_it_was_told() {
        gate.enforce(1, Map.of(NORTH, BOTH), BOTH, NONE_KILLED);

        assertThat(gate.isConfirmed()).isFalse();
    }

    @Test
    void is_confirmed_until_ten_seconds_after_the_question_that_confirmed_it() {
        gate.enforce(1, Map.of(NORTH, List.of(VIDEO)), BOTH, NONE_KILLED);
        var askedAt = nanoTime.get();
        nanoTime.addAndGet(Duration.ofSeconds(4).toNanos());
        gate.confirm(askedAt);

        assertThat(gate.isConfirmed()).isTrue();

        nanoTime.addAndGet(Duration.ofSeconds(6).toNanos() - 1);
        assertThat(gate.isConfirmed()).isTrue();
        nanoTime.incrementAndGet();
        assertThat(gate.isConfirmed()).isFalse();
        assertThat(gate.isOn(NORTH.id(), VIDEO)).as("what the last known revision says").isTrue();
    }

    @Test
    void an_answer_that_comes_late_shortens_nothing() {
        var first = nanoTime.get();
        nanoTime.addAndGet(Duration.ofSeconds(3).toNanos());
        gate.confirm(nanoTime.get());
        gate.confirm(first);
        nanoTime.addAndGet(Duration.ofSeconds(9).toNanos());

        assertThat(gate.isConfirmed()).isTrue();
    }

    private static List<PluginId> plugins(int count) {
        return IntStream.range(0, count).mapToObj(number -> new PluginId("plugin" + number)).toList();
    }
}

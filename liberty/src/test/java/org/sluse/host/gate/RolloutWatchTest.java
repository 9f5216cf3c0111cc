// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** On a real control database; two watches stand for two nodes. */
class RolloutWatchTest {

    private static final Stage PILOT = new Stage.Pilot(Set.of(new TenantId("clinic-north")));
    private static final Stage TENTH = new Stage.Percent(10);

    private final PluginId plugin = ControlNode.plugin();
    private final ControlNode node = new ControlNode();
    private final RolloutWatch one = new RolloutWatch(node.control(), node.restrictions());
    private final RolloutWatch other = new RolloutWatch(node.control(), node.restrictions());

    @Test
    void a_plugin_that_fails_too_often_goes_one_step_back() {
        rolledOutTo(PILOT, TENTH);
        calls(one, 49, 1);
        one.look();
        assertThat(stage()).as("1 of 50").isEqualTo(TENTH);

        calls(one, 0, 1);
        one.look();
        assertThat(stage()).as("2 of 51").isEqualTo(PILOT);
    }

    @Test
    void a_step_back_that_fails_too_goes_further_back_and_not_forth() {
        rolledOutTo(PILOT, TENTH);
        calls(one, 0, 50);
        one.look();
        calls(one, 0, 50);
        one.look();

        assertThat(stage()).isEqualTo(new Stage.Nobody());
    }

    @Test
    void what_all_nodes_have_seen_counts_together() {
        rolledOutTo(TENTH);
        calls(one, 0, 25);
        calls(other, 0, 25);
        one.look();
        assertThat(stage()).isEqualTo(TENTH);

        other.look();
        assertThat(stage()).isEqualTo(new Stage.Nobody());
    }

    @Test
    void few_calls_say_nothing() {
        rolledOutTo(TENTH);
        calls(one, 0, RolloutWatch.FEWEST_CALLS - 1);
        one.look();

        assertThat(stage()).isEqualTo(TENTH);
    }

    @Test
    void what_everybody_has_is_left_alone() {
        rolledOutTo(TENTH, new Stage.Everybody());
        calls(one, 0, 500);
        one.look();

        assertThat(stage()).isEqualTo(new Stage.Everybody());
    }

    @Test
    void a_new_stage_begins_with_a_clean_slate() {
        rolledOutTo(PILOT);
        calls(one, 0, 40);
        one.look();
        rolledOutTo(TENTH);
        calls(one, 0, 40);
        one.look();

        assertThat(stage()).isEqualTo(TENTH);
    }

    private void rolledOutTo(Stage... stages) {
        for (var stage : stages) {
            node.restrictions().rollOut(plugin, stage, "A test");
        }
    }

    private void calls(RolloutWatch watch, int good, int failed) {
        IntStream.range(0, good).forEach(any -> watch.count(plugin, false));
        IntStream.range(0, failed).forEach(any -> watch.count(plugin, true));
    }

    private Stage stage() {
        return node.restrictions().of(plugin).stage();
    }
}

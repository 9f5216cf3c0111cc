// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

class StageTest {

    private static final PluginId VIDEO = new PluginId("video");
    private static final PluginId EPR = new PluginId("epr");
    private static final List<TenantId> CLINICS = IntStream.range(0, 10_000)
            .mapToObj(number -> new TenantId("clinic-" + number))
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 50, 100})
    void a_percentage_admits_that_part_of_the_clinics(int percent) {
        assertThat(admitted(new Stage.Percent(percent), VIDEO)).hasSizeBetween(CLINICS.size() * percent / 100 - 150,
                CLINICS.size() * percent / 100 + 150);
    }

    @Test
    void nobody_is_in_at_0_and_everybody_at_100_percent() {
        assertThat(admitted(new Stage.Percent(0), VIDEO)).isEmpty();
        assertThat(admitted(new Stage.Percent(100), VIDEO)).isEqualTo(CLINICS);
    }

    @Test
    void who_is_in_stays_in_when_the_percentage_grows() {
        var before = List.<TenantId>of();
        for (var percent = 0; percent <= 100; percent += 5) {
            var now = admitted(new Stage.Percent(percent), VIDEO);
            assertThat(Set.copyOf(now).containsAll(before)).isTrue();
            before = now;
        }
    }

    @Test
    void another_plugin_has_other_clinics_first() {
        var both = admitted(new Stage.Percent(10), VIDEO).stream()
                .filter(admitted(new Stage.Percent(10), EPR)::contains)
                .count();

        assertThat(both).isCloseTo(100, within(60L));
    }

    @Test
    void a_pilot_admits_whom_it_names() {
        var pilot = new Stage.Pilot(Set.of(CLINICS.get(3), CLINICS.get(5)));

        assertThat(admitted(pilot, VIDEO)).containsExactly(CLINICS.get(3), CLINICS.get(5));
    }

    @Test
    void nobody_and_everybody_are_what_they_say() {
        assertThat(admitted(new Stage.Nobody(), VIDEO)).isEmpty();
        assertThat(admitted(new Stage.Everybody(), VIDEO)).isEqualTo(CLINICS);
    }

    @Test
    void a_stage_is_known_by_its_name() {
        for (var stage : List.of(new Stage.Nobody(), new Stage.Pilot(Set.of(CLINICS.getFirst())),
                new Stage.Percent(20), new Stage.Everybody())) {
            assertThat(Stage.of(stage.name(), 20, List.of(CLINICS.getFirst().value()))).isEqualTo(stage);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Stage.of("HALF", 0, List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void a_percentage_lies_between_0_and_100(int percent) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Stage.Percent(percent));
    }

    private static List<TenantId> admitted(Stage stage, PluginId plugin) {
        return CLINICS.stream().filter(clinic -> stage.admits(plugin, clinic)).toList();
    }
}

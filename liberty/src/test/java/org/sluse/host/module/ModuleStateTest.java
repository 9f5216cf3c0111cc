// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sluse.host.gate.InForce;
import org.sluse.host.gate.Restriction;
import org.sluse.host.gate.Wish;

class ModuleStateTest {

    @ParameterizedTest(name = "wants {0}, operator {1}, complete {2}, on {3} of 3 nodes: {4}")
    @CsvSource(nullValues = "nothing", value = {"OFF, nothing, true, 3, OFF", "OFF, nothing, false, 3, PENDING",
            "OFF, nothing, true, 2, DRAINING", "OFF, nothing, false, 2, DRAINING", "ASKED, nothing, true, 3, PENDING",
            "ON, nothing, true, 3, ON", "ON, nothing, false, 3, ON", "ON, nothing, true, 1, ON",
            "ON, HELD_BACK, true, 3, HELD_BACK", "OFF, HELD_BACK, true, 3, OFF", "ASKED, HELD_BACK, true, 3, PENDING",
            "ON, KILLED, true, 3, KILLED", "OFF, KILLED, true, 3, OFF", "OFF, KILLED, false, 3, PENDING",
            "OFF, KILLED, true, 2, DRAINING", "ASKED, KILLED, false, 1, PENDING"})
    void the_first_reason_decides(Wish wish, Restriction.@Nullable Kind operator, boolean complete, int nodes,
            ModuleState state) {
        var restriction = Optional.ofNullable(operator).map(kind -> new Restriction(kind, "A reason", Instant.EPOCH));

        assertThat(ModuleState.of(wish, restriction, false, complete, new InForce(nodes, 3))).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(Wish.class)
    void what_cannot_work_is_told_whatever_anybody_wants_unless_the_operator_has_stopped_what_is_wanted(Wish wish) {
        var held = Optional.of(new Restriction(Restriction.Kind.HELD_BACK, "A reason", Instant.EPOCH));
        var killed = Optional.of(new Restriction(Restriction.Kind.KILLED, "A reason", Instant.EPOCH));
        var everywhere = new InForce(3, 3);

        assertThat(ModuleState.of(wish, Optional.empty(), true, true, everywhere)).isEqualTo(ModuleState.QUARANTINED);
        assertThat(ModuleState.of(wish, held, true, false, everywhere)).isEqualTo(ModuleState.QUARANTINED);
        assertThat(ModuleState.of(wish, killed, true, true, everywhere))
                .isEqualTo(wish == Wish.ON ? ModuleState.KILLED : ModuleState.QUARANTINED);
    }
}

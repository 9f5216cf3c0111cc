// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.disclosure.Breakers.Pass;
import org.sluse.host.disclosure.Breakers.Way;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

class BreakersTest {

    private static final Way NORTH = new Way(new TenantId("clinic-north"), new PluginId("epr"), "epr");
    private static final Way SOUTH = new Way(new TenantId("clinic-south"), new PluginId("epr"), "epr");

    private final Breakers breakers = new Breakers();

    @Test
    void a_recipient_that_was_silent_five_times_is_left_alone_and_only_at_that_clinic() {
        for (var time = 0; time < Breakers.SILENT_IN_A_ROW; time++) {
            breakers.enter(NORTH).silent();
        }

        isRefused(NORTH);
        isLetIn(SOUTH);
    }

    @Test
    void an_answer_in_between_begins_the_count_anew() {
        for (var time = 0; time < 2 * Breakers.SILENT_IN_A_ROW; time++) {
            var pass = breakers.enter(NORTH);
            if (time % (Breakers.SILENT_IN_A_ROW - 1) == 0) {
                pass.answered();
            } else {
                pass.silent();
            }
        }

        isLetIn(NORTH);
    }

    @Test
    void what_our_own_switch_broke_off_says_nothing_about_the_recipient() {
        for (var time = 0; time < 2 * Breakers.SILENT_IN_A_ROW; time++) {
            breakers.enter(NORTH).brokenOff();
        }

        isLetIn(NORTH);
    }

    @Test
    void a_recipient_that_hangs_holds_eight_calls_and_no_more() {
        var calls = Stream.generate(() -> breakers.enter(NORTH)).limit(Breakers.AT_ONCE).toList();

        isRefused(NORTH);
        isLetIn(SOUTH);

        calls.getFirst().answered();
        isLetIn(NORTH);
    }

    @Test
    void a_pass_gives_its_place_back_once_however_often_it_is_said_how_it_ended() {
        var calls = Stream.generate(() -> breakers.enter(NORTH)).limit(Breakers.AT_ONCE).toList();

        Stream.<Consumer<Pass>>of(Pass::answered, Pass::silent, Pass::brokenOff)
                .forEach(end -> end.accept(calls.getFirst()));

        breakers.enter(NORTH);
        isRefused(NORTH);
    }

    private void isRefused(Way way) {
        assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> breakers.enter(way));
    }

    private void isLetIn(Way way) {
        assertThatNoException().isThrownBy(() -> breakers.enter(way).answered());
    }
}

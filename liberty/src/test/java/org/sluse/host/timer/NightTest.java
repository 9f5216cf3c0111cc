// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.tenant.TenantId;

class NightTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void a_clinics_turn_comes_once_a_night_at_the_same_minute() {
        var clinic = new TenantId("clinic-north");

        var first = Night.next(clinic, NOON);
        var second = Night.next(clinic, first);

        assertThat(first).isBetween("2026-11-28T01:00:00Z", "2026-11-28T04:00:00Z");
        assertThat(second).isEqualTo(first.plus(Duration.ofDays(1)));
        assertThat(Night.next(clinic, first.minusSeconds(1))).as("the same night").isEqualTo(first);
    }

    @Test
    void clinics_are_spread_over_the_night() {
        var turns = IntStream.range(0, 1000)
                .mapToObj(number -> Night.next(new TenantId("clinic-" + number), NOON))
                .collect(Collectors.toSet());

        assertThat(turns).hasSizeGreaterThan(100);
    }
}

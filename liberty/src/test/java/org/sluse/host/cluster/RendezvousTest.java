// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sluse.tenant.TenantId;

class RendezvousTest {

    private static final List<TenantId> CLINICS = IntStream.range(0, 3000)
            .mapToObj(number -> new TenantId("clinic-" + number))
            .toList();

    @Test
    void whoever_knows_the_same_nodes_in_whatever_order_knows_the_same_home() {
        var nodes = nodes(5);
        var turned = new ArrayList<>(nodes);
        Collections.reverse(turned);

        assertThat(CLINICS)
                .allSatisfy(clinic -> assertThat(home(clinic, turned)).isEqualTo(home(clinic, nodes)));
    }

    @Test
    void clinics_are_spread_evenly() {
        var nodes = nodes(3);

        var each = CLINICS.stream().map(clinic -> home(clinic, nodes)).collect(groupingBy(identity(), counting()));

        assertThat(each).hasSize(3).allSatisfy((node, clinics) -> assertThat(clinics).isBetween(900L, 1100L));
    }

    @Test
    void when_a_node_goes_its_own_clinics_move_and_no_others() {
        var before = nodes(4);
        var gone = before.getFirst();
        var after = before.subList(1, 4);

        assertThat(CLINICS).allSatisfy(clinic -> {
            if (home(clinic, before).equals(gone)) {
                assertThat(home(clinic, after)).isNotEqualTo(gone);
            } else {
                assertThat(home(clinic, after)).isEqualTo(home(clinic, before));
            }
        });
    }

    @Test
    void when_a_node_comes_a_clinic_stays_where_it_is_or_moves_there() {
        var after = nodes(4);
        var come = after.getLast();
        var before = after.subList(0, 3);

        assertThat(CLINICS)
                .allSatisfy(clinic -> assertThat(home(clinic, after)).isIn(come, home(clinic, before)));
    }

    @Test
    void where_there_are_no_nodes_there_is_no_home() {
        assertThat(Rendezvous.home(CLINICS.getFirst(), List.of())).isEmpty();
    }

    private static UUID home(TenantId clinic, List<UUID> nodes) {
        return Rendezvous.home(clinic, nodes).orElseThrow();
    }

    private static List<UUID> nodes(int count) {
        return LongStream.range(0, count).mapToObj(number -> new UUID(number, 7)).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.tenant.TenantId;

class IdTableTest {

    /** Ids of which all, or many, begin their search at the same place. */
    private record Clashing(int number) {

        @Override
        public int hashCode() {
            return number % 3;
        }
    }

    @Test
    void each_id_has_a_slot_of_its_own() {
        var ids = IntStream.range(0, 5000).mapToObj(number -> new TenantId("clinic-" + number)).toList();

        var table = new IdTable<>(ids);

        assertThat(slots(table, ids)).doesNotHaveDuplicates()
                .allSatisfy(slot -> assertThat(slot).isBetween(0, table.slots() - 1));
    }

    @Test
    void an_id_is_found_by_what_it_says_and_not_by_which_object_it_is() {
        var table = new IdTable<>(List.of(new TenantId("clinic-north")));

        assertThat(table.slotOf(new TenantId("clinic-north"))).isNotEqualTo(IdTable.ABSENT);
    }

    @Test
    void ids_with_the_same_hash_are_told_apart() {
        var ids = IntStream.range(0, 100).mapToObj(Clashing::new).toList();

        var table = new IdTable<>(ids);

        assertThat(slots(table, ids)).doesNotHaveDuplicates().doesNotContain(IdTable.ABSENT);
        assertThat(table.slotOf(new Clashing(100))).isEqualTo(IdTable.ABSENT);
    }

    @Test
    void nothing_is_found_in_an_empty_table() {
        assertThat(new IdTable<TenantId>(List.of()).slotOf(new TenantId("clinic-north"))).isEqualTo(IdTable.ABSENT);
    }

    private static <K> List<Integer> slots(IdTable<K> table, Collection<K> ids) {
        return ids.stream().map(table::slotOf).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluse.host.data.TestClinics;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;

/** On a real PostgreSQL. */
class LedgerTest {

    private static final int PAGE = 50;

    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final Ledger ledger = new Ledger(TestClinics.ports(binding, clock), binding, RunningCluster.VAULT, clock,
            new KnownIds());

    @Test
    void every_row_is_on_one_page_though_all_are_of_one_moment() {
        binding.run(TestClinics.create(), KnownTenant.practitioner("practitioner-1"), () -> {
            var written = new HashSet<UUID>();
            for (var row = 0; row < 2 * PAGE + 10; row++) {
                written.add(
                        ledger.begin(new PluginId("epr"), "epr", "Record", Set.of(), 0, Optional.empty(), 1, "200"));
            }

            var read = new HashSet<UUID>();
            var at = clock.instant().plusSeconds(1);
            var last = Optional.<UUID>empty();
            for (var page = 0; page < 3; page++) {
                var rows = ledger.before(at, last);
                for (var row : rows.subList(0, Math.min(PAGE, rows.size()))) {
                    assertThat(read.add(row.id())).as("a row twice").isTrue();
                    at = row.at();
                    last = Optional.of(row.id());
                }
            }

            assertThat(read).isEqualTo(written);
            assertThat(ledger.before(at, last)).isEmpty();
        });
    }
}

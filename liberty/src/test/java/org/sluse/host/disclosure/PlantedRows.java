// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.host.data.TestClinics;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.testkit.KnownIds;

/** Rows of the bound clinic's ledger that no gate has decided. */
public final class PlantedRows {

    private final Ledger ledger;

    /** @param clock whose time the rows have */
    public PlantedRows(Binding binding, Clock clock) {
        this.ledger = new Ledger(TestClinics.ports(binding, clock), binding, RunningCluster.VAULT, clock,
                new KnownIds());
    }

    /** Where they are. */
    public Ledger ledger() {
        return ledger;
    }

    /** @return the row's id */
    public UUID plant(String module, String recipient, String name, Set<String> categories, long revision,
            String result) {
        var plugin = new PluginId(module);
        var declared = categories.stream().map(DataCategory::valueOf).collect(Collectors.toSet());
        var refusal = Arrays.stream(Reason.values()).filter(one -> one.name().equals(result)).findFirst();
        if (refusal.isPresent()) {
            return ledger.refuse(plugin, recipient, name, declared, Optional.empty(), revision, refusal.get());
        }
        var row = ledger.begin(plugin, recipient, name, declared, 10, Optional.empty(), revision);
        if (!result.equals("SENDING")) {
            ledger.end(row, result, 10);
        }
        return row;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sluse.host.disclosure.Breakers.Way;
import org.sluse.host.gate.Killed;
import org.sluse.host.gate.GateKeeper;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

class UnderWayTest {

    private static final PluginId EPR = new PluginId("epr");
    private static final Tenant NORTH = new Tenant(new TenantId("clinic-north"), "Clinic North", "Frankfurt");
    private static final Tenant SOUTH = new Tenant(new TenantId("clinic-south"), "Clinic South", "Frankfurt");

    private final UnderWay underWay = new UnderWay();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private final UnderWay.Entry entry = underWay.begin(new Way(NORTH.id(), EPR, "record"),
            brokenOff::incrementAndGet);

    @Test
    void is_broken_off_when_its_module_goes_off_at_its_clinic() {
        underWay.switched(new GateKeeper.Switched(SOUTH, EPR, false));
        underWay.switched(new GateKeeper.Switched(NORTH, new PluginId("video"), false));
        underWay.switched(new GateKeeper.Switched(NORTH, EPR, true));
        assertThat(brokenOff).hasValue(0);
        assertThat(entry.isBrokenOff()).isFalse();

        underWay.switched(new GateKeeper.Switched(NORTH, EPR, false));

        assertThat(brokenOff).hasValue(1);
        assertThat(entry.isBrokenOff()).isTrue();
    }

    @Test
    void is_broken_off_when_the_operator_stops_its_recipient() {
        underWay.killed(new Killed(EPR, Optional.of("other")));
        assertThat(brokenOff).hasValue(0);

        underWay.killed(new Killed(EPR, Optional.of("record")));

        assertThat(brokenOff).hasValue(1);
    }

    @Test
    void is_broken_off_when_the_node_no_longer_knows_what_is_in_force() {
        underWay.lapsed(new GateKeeper.Lapsed());

        assertThat(brokenOff).hasValue(1);
    }

    @Test
    void is_left_alone_once_it_is_over() {
        underWay.end(entry);

        underWay.lapsed(new GateKeeper.Lapsed());

        assertThat(brokenOff).hasValue(0);
        assertThat(entry.isBrokenOff()).isFalse();
    }
}

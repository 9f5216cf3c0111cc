// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.key.Vaults;
import org.sluse.host.location.Location;
import org.sluse.host.location.TestLocations;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;
import org.sluse.plugin.PluginId;
import org.sluse.testkit.ManualClock;

/** A node without a server: toggles on the real control database, not watching by itself. */
final class ControlNode {

    private static final ManualClock CLOCK = new ManualClock();
    private static final ControlDatabase CONTROL = ControlDatabases.running(CLOCK);
    private static final AtomicInteger PLUGINS = new AtomicInteger();

    private final List<Object> news = new CopyOnWriteArrayList<>();
    private final Nodes nodes = new Nodes(CONTROL, Vaults.settings(Path.of("unused")), TestLocations.frankfurt(),
            new Ids() {
                @Override
                public UUID next() {
                    return UUID.randomUUID();
                }

                @Override
                public String token() {
                    return UUID.randomUUID().toString();
                }
            });
    private final GateKeeper keeper;
    private final Toggles toggles;
    private final Restrictions restrictions;

    ControlNode(PluginId... plugins) {
        keeper = new GateKeeper(CONTROL, () -> List.of(plugins),
                tenant -> Location.idOf(tenant.location()).equals("frankfurt"), nodes, news::add);
        toggles = new Toggles(CONTROL, keeper, new Binding(), CLOCK);
        restrictions = new Restrictions(CONTROL, keeper, new Binding(), CLOCK);
    }

    /** A plugin that no other test knows. */
    static PluginId plugin() {
        return new PluginId("plugin" + PLUGINS.incrementAndGet());
    }

    ControlDatabase control() {
        return CONTROL;
    }

    Nodes nodes() {
        return nodes;
    }

    Toggles toggles() {
        return toggles;
    }

    Restrictions restrictions() {
        return restrictions;
    }

    Gate gate() {
        return keeper.gate();
    }

    /** Looks once, as the watch does. */
    void look() {
        CONTROL.read(handle -> {
            keeper.look(handle);
            return true;
        });
    }

    /** What the node was told of, in its order. */
    List<Object> news() {
        return news;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.live.LiveNews;

/** Gives each plugin the way to its own handler. */
@OnePerNode
final class NewsPorts {

    private final PluginRegistry plugins;
    private final LiveSockets sockets;

    @Inject
    NewsPorts(PluginRegistry plugins, LiveSockets sockets) {
        this.plugins = plugins;
        this.sockets = sockets;
    }

    @Produces
    @Dependent
    LiveNews news(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return text -> sockets.tell(plugins.owner(asking), text);
    }
}

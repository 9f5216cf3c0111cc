// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.location.Location;
import org.sluse.host.location.Locations;

/** The cluster of each location where clinics' data rests: that of the installation, which the first one has, and those that further ones have of their own. Thread-safe. */
@OnePerNode
public final class Clusters {

    private final Postgres installation;
    private final Locations locations;
    private final int connections;
    private final Map<Location, Postgres> others = new ConcurrentHashMap<>();

    @Inject
    Clusters(Postgres installation, Locations locations, HostSettings settings) {
        this.installation = installation;
        this.locations = locations;
        this.connections = settings.connections();
    }

    /** That of this node's location. */
    public Postgres own() {
        return of(locations.own());
    }

    /** That of a location. Nothing is connected before somebody asks for a connection. @throws IllegalStateException when its address is none */
    public Postgres of(Location location) {
        return location.cluster()
                .map(cluster -> others.computeIfAbsent(location, any -> new Postgres(cluster,
                        "sluse.location." + location.id() + ".postgres.url", connections)))
                .orElse(installation);
    }

    @PreDestroy
    void stop() {
        others.values().forEach(Postgres::stop);
    }
}

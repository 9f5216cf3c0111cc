// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.location;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;

/** Reads the locations. */
@OnePerNode
final class LocationBeans {

    private static final Logger LOG = Logger.getLogger(LocationBeans.class.getName());

    @Produces
    @Singleton
    Locations locations(HostSettings host) {
        try {
            return Locations.of(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class),
                    host.location());
        } catch (IllegalArgumentException wrong) {
            // The launcher shows this line to whoever started the server.
            LOG.severe("locations-refused reason=" + wrong.getMessage());
            throw wrong;
        }
    }
}

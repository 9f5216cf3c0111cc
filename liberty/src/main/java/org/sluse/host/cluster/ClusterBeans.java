// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.sluse.host.config.OnePerNode;

/** Makes what the cluster is started with. */
@OnePerNode
final class ClusterBeans {

    private static final Logger LOG = Logger.getLogger(ClusterBeans.class.getName());

    @Produces
    @Singleton
    ClusterSettings settings() {
        try {
            return ClusterSettings.of(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
        } catch (IllegalArgumentException wrong) {
            // The launcher shows this line to whoever started the server.
            LOG.severe("cluster-settings-refused reason=" + wrong.getMessage());
            throw wrong;
        }
    }
}

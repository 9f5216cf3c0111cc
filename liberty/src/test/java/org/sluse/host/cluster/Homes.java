// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import java.util.Collection;
import java.util.UUID;
import org.sluse.tenant.TenantId;

/** Which node is a clinic's home, for tests that have to know. */
public final class Homes {

    private Homes() {}

    /** Among these nodes, by the ids that they joined with. */
    public static UUID of(String clinic, Collection<UUID> nodes) {
        return Rendezvous.home(new TenantId(clinic), nodes).orElseThrow();
    }
}

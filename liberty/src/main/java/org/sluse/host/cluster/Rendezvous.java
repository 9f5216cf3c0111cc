// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.sluse.host.key.Sha256;
import org.sluse.tenant.TenantId;

/**
 * Which of several nodes is a clinic's: the one that scores highest with it, so that whoever knows the same nodes knows the same home, and that one clinic in n moves when the n-th node comes, and only those of a node
 * when that node goes (Thaler and Ravishankar, Using Name-Based Mappings to Increase Hit Rates, 1998). A pure function.
 */
final class Rendezvous {

    private Rendezvous() {
    }

    /** The clinic's home; empty when there are no nodes. */
    static Optional<UUID> home(TenantId clinic, Collection<UUID> nodes) {
        return nodes.stream()
                .max(Comparator.<UUID>comparingLong(node -> score(clinic, node))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static long score(TenantId clinic, UUID node) {
        return ByteBuffer.wrap(Sha256.of(clinic.value() + " " + node)).getLong();
    }
}

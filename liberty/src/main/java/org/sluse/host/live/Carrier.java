// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.host.cluster.Members;

/** Brings parcels to other nodes, each node's in the order in which they were posted, and lets nobody wait for a node that takes none. Thread-safe. */
final class Carrier {

    /** Of a node that takes nothing for the three seconds until it is found to hang; more is not kept for it. */
    private static final int MOST_WAITING = 20_000;

    private final Members members;
    private final Map<UUID, InOrder> ways = new ConcurrentHashMap<>();

    Carrier(Members members) {
        this.members = members;
    }

    /** Posts a parcel. @return whether it is kept; what is kept for a node that goes before it has come is lost, as its sockets are */
    boolean post(UUID node, Parcel parcel) {
        if (!members.isThere(node)) {
            return false;
        }
        var way = ways.computeIfAbsent(node, other -> new InOrder("to-node"));
        if (way.waiting() > MOST_WAITING) {
            return false;
        }
        way.execute(() -> members.send(node, parcel.bytes()));
        return true;
    }

    /** Forgets the ways to nodes that are not there any more. */
    void changed() {
        ways.keySet().removeIf(node -> !members.isThere(node));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import java.util.Optional;
import java.util.UUID;
import org.sluse.tenant.TenantId;

/** The other nodes, as whoever has something to carry to them knows them. Thread-safe. */
public interface Members {

    /** What is told to whoever carries. */
    interface Listener {

        /**
         * The home of some clinics may be another one now, and some nodes may be gone. One call after the other; may block.
         *
         * @param merged nodes that had lost each other have found each other again; one that hung has not even noticed: what crossed between nodes before is over
         */
        void changed(boolean merged);

        /** Bytes from another node, in the order in which it sent them. Does not block: all other nodes wait. */
        void received(UUID from, byte[] bytes);
    }

    /** The node that the clinic's sockets are handled on; empty when it is this one. */
    Optional<UUID> home(TenantId clinic);

    /** Whether this is another node that is there now. */
    boolean isThere(UUID node);

    /**
     * Sends to another node; may block for as long as that node takes nothing.
     *
     * @throws IllegalStateException when it, or this node, is not there any more
     */
    void send(UUID node, byte[] bytes);

    /** Whoever is told from now on; one at most. */
    void listen(Listener listener);
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import java.net.BindException;

/** This node cannot speak with others; the message says what is wrong and what would be right, and nothing that not everybody may read. */
final class UnusableClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    private UnusableClusterException(String why, Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    /** The message. */
    String why() {
        return why;
    }

    static UnusableClusterException of(ClusterSettings settings, Exception cannotJoin) {
        for (Throwable cause = cannotJoin; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new UnusableClusterException(
                        "This machine cannot listen at sluse.cluster.address and the " + ClusterSettings.PORTS
                                + " ports from sluse.cluster.port on (" + settings.port()
                                + "); right would be one of its own addresses and a free port",
                        cannotJoin);
            }
            if (cause instanceof SecurityException) {
                return new UnusableClusterException(
                        "The other nodes refuse this one; right would be the same keys/root.json on every node",
                        cannotJoin);
            }
        }
        return new UnusableClusterException("This node cannot join the others: " + cannotJoin.getClass().getName()
                + "; right would be a sluse.cluster.address that they reach", cannotJoin);
    }
}

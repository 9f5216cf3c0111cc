// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.start;

import org.sluse.host.config.OnePerNode;

/** Whether this node has started whole. Thread-safe. */
@OnePerNode
final class NodeState {

    private volatile boolean started;

    void started() {
        started = true;
    }

    boolean hasStarted() {
        return started;
    }
}

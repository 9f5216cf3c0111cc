// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.start;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether this node has started whole. Thread-safe. */
@ApplicationScoped
class NodeState {

    private volatile boolean started;

    void started() {
        started = true;
    }

    boolean hasStarted() {
        return started;
    }
}

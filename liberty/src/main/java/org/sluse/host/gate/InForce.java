// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

/**
 * On how many nodes a revision is in force. A node that is not among them serves nothing of any module as soon as its lease is over.
 *
 * @param nodes 0 to {@code of}
 * @param of nodes whose lease is not over, 1 or more
 */
public record InForce(int nodes, int of) {

    /** Whether no node decides by an older revision any more. */
    public boolean isEverywhere() {
        return nodes == of;
    }
}

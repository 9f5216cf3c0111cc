// SPDX-License-Identifier: Apache-2.0
package org.sluse.live;

/**
 * The way to a plugin's own {@link LiveHandler}, whichever node it is on: all sockets of one clinic are handled on one node, and what changes something for them, a request or a timer, may happen on any. Given by the host
 * and injected. Thread-safe.
 */
@FunctionalInterface
public interface LiveNews {

    /**
     * Has {@link LiveHandler#told} called for the bound tenant, where its sockets are: on this node before this returns, on another one soon after. To be called after the commit, since whoever is told reads what is so then.
     * Nobody is told while that node cannot be reached: its sockets are closed then, and whoever comes back by a new one reads for themselves.
     *
     * @param news 1 to 65,536 characters; crosses between nodes encrypted, and is not kept
     */
    void tell(String news);
}

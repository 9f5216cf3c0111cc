// SPDX-License-Identifier: Apache-2.0
package org.sluse.live;

import java.util.Set;

/** One open socket. Thread-safe. Equal only to itself. */
public interface LiveConnection {

    /** Unique on this node while it is open. */
    String id();

    /**
     * The objects whose {@link org.sluse.link.Links links} the browser holds that opened this connection, of this plugin and clinic: those of links that were withdrawn or have expired are not among
     * them. To be asked while somebody {@link LiveHandler#joined joins}, and outside a transaction; blocks. Empty afterwards.
     */
    default Set<String> held() {
        return Set.of();
    }

    /** Sends text; messages arrive in the order of these calls. Does nothing when the connection is gone. */
    void send(String text);

    /** Closes; {@link LiveHandler#closed} follows. Does nothing when the connection is gone. */
    void close(CloseCode code);
}

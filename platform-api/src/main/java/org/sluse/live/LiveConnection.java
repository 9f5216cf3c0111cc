// SPDX-License-Identifier: Apache-2.0
package org.sluse.live;

/** One open socket. Thread-safe. Equal only to itself. */
public interface LiveConnection {

    /** Unique on this node while it is open. */
    String id();

    /** Sends text; messages arrive in the order of these calls. Does nothing when the connection is gone. */
    void send(String text);

    /** Closes; {@link LiveHandler#closed} follows. Does nothing when the connection is gone. */
    void close(CloseCode code);
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import java.io.IOException;
import java.util.function.Consumer;

/** The way to the browser of one socket: the container's session here, or another node that has it. */
interface Wire {

    /** Unique on this node while it is open. */
    String id();

    /** Sends one text, and says when the next may come; never two at a time. @param sent told once, on any thread, whether it went out */
    void send(String text, Consumer<Boolean> sent);

    /** Pings; may block for as long as the other side does not read. */
    void ping() throws IOException;

    /** Closes; may block. */
    void close(int code, String reason) throws IOException;
}

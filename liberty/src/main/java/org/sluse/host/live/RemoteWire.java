// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * A socket that another node has, of a clinic whose home is this one.
 *
 * @param carrier the other node
 * @param socket its id there
 */
record RemoteWire(UUID carrier, String socket, Carrier out) implements Wire {

    /** The id here of a socket of that node. */
    static String id(UUID carrier, String socket) {
        return carrier + "/" + socket;
    }

    @Override
    public String id() {
        return id(carrier, socket);
    }

    @Override
    public void send(String text, Consumer<Boolean> sent) {
        sent.accept(out.post(carrier, new Parcel.Heard(socket, text)));
    }

    @Override
    public void ping() {
        // The node that has the socket pings it.
    }

    @Override
    public void close(int code, String reason) {
        out.post(carrier, new Parcel.Close(socket, code, reason));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A socket of the container's. */
record SessionWire(Session session) implements Wire {

    @Override
    public String id() {
        return session.getId();
    }

    @Override
    public void send(String text, Consumer<Boolean> sent) {
        session.getAsyncRemote().sendText(text, result -> sent.accept(result.isOK()));
    }

    @Override
    public void ping() throws IOException {
        session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
    }

    @Override
    public void close(int code, String reason) throws IOException {
        session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** {@code /ws/{tenant}/{plugin}}. Dependent, because Liberty 26.0.0.3 injects nothing otherwise; one instance for each connection. */
@Dependent
@ServerEndpoint("/ws/{tenant}/{plugin}")
public class LiveEndpoint {

    /** In characters; an offer with many candidates has about 10,000. */
    private static final int LARGEST_MESSAGE = 65_536;

    @Inject
    LiveSockets sockets;

    /** The handshake has passed the edge filter: the plugin is on, the origin is ours. */
    @OnOpen
    public void opened(Session session, @PathParam("tenant") String tenant, @PathParam("plugin") String plugin) {
        session.setMaxTextMessageBufferSize(LARGEST_MESSAGE);
        session.setMaxBinaryMessageBufferSize(1);
        session.setMaxIdleTimeout(0);
        sockets.opened(session, new TenantId(tenant), new PluginId(plugin));
    }

    @OnMessage
    public void received(Session session, String text) {
        sockets.received(session, text);
    }

    @OnClose
    public void closed(Session session, CloseReason reason) {
        sockets.closed(session);
    }

    @OnError
    public void failed(Session session, Throwable failure) {
        sockets.failed(session, failure);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import org.sluse.host.link.LinkPorts;
import org.sluse.host.signin.StaffSessions;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** {@code /ws/{tenant}/{plugin}}. Dependent, because Liberty 26.0.0.3 injects nothing otherwise; one instance for each connection. */
@Dependent
@ServerEndpoint(value = "/ws/{tenant}/{plugin}", configurator = LiveEndpoint.KeepCookies.class)
public class LiveEndpoint {

    /** In characters; an offer with many candidates has about 10,000. */
    private static final int LARGEST_MESSAGE = 65_536;

    private static final String COOKIES = "cookies";
    private static final String SOURCE = "source";

    @Inject
    LiveSockets sockets;
    @Inject
    StaffSessions sessions;
    @Inject
    LinkPorts links;

    /** Lets the endpoint see the cookies of its handshake and where it came from, which the container tells to nobody else (Jakarta WebSocket 2.1, 3.1.5). */
    public static final class KeepCookies extends ServerEndpointConfig.Configurator {

        @Override
        public void modifyHandshake(ServerEndpointConfig connection, HandshakeRequest request,
                HandshakeResponse response) {
            var cookies = request.getHeaders()
                    .entrySet()
                    .stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("Cookie"))
                    .map(header -> String.join("; ", header.getValue()))
                    .toList();
            connection.getUserProperties().put(COOKIES, String.join("; ", cookies));
            // Messages come on threads that nobody has bound; what they do comes from where the handshake came from.
            connection.getUserProperties().put(SOURCE, CDI.current().select(Binding.class).get().source());
        }
    }

    /** The handshake has passed the edge filter: the plugin is on, the origin is ours. */
    @OnOpen
    public void opened(Session session, @PathParam("tenant") String tenant, @PathParam("plugin") String plugin) {
        session.setMaxTextMessageBufferSize(LARGEST_MESSAGE);
        session.setMaxBinaryMessageBufferSize(1);
        session.setMaxIdleTimeout(0);
        var clinic = new TenantId(tenant);
        // What is kept of the cookies is which session they name, and until somebody has joined, which links they hold.
        var cookies = String.valueOf(session.getUserProperties().remove(COOKIES));
        var key = sessions.key(clinic, cookies);
        var owner = new PluginId(plugin);
        var source = session.getUserProperties().remove(SOURCE) instanceof Source known ? known : Source.ITSELF;
        sockets.opened(new LiveSocket(new SessionWire(session), clinic, owner, key,
                () -> links.held(owner, cookies), source));
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

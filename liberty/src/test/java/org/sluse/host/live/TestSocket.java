// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sluse.host.signin.StaffSessions;
import org.sluse.host.tenant.Source;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** A socket whose other side reads everything. */
final class TestSocket {

    /** Where each of them comes from. */
    static final Source SOURCE = new Source("192.0.2.0/24", Source.Agent.BROWSER);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> closedBy = new LinkedBlockingQueue<>();
    final Session session;
    final LiveSocket socket;

    /** @param signedIn the session in which it was opened, by any name */
    TestSocket(TenantId tenant, PluginId plugin, String signedIn) {
        var id = Integer.toHexString(System.identityHashCode(this));
        var async = fake(RemoteEndpoint.Async.class, (_, method, arguments) -> {
            heard.add(String.valueOf(arguments[0]));
            ((SendHandler) arguments[1]).onResult(new SendResult());
            return null;
        });
        session = fake(Session.class, (_, method, arguments) -> switch (method.getName()) {
            case "getId" -> id;
            case "getAsyncRemote" -> async;
            case "close" -> {
                closedBy.add(Thread.currentThread());
                yield codes.add(((CloseReason) arguments[0]).getCloseCode().getCode());
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
        socket = new LiveSocket(new SessionWire(session), tenant, plugin, new StaffSessions.Key(signedIn),
                () -> Set.of("guest-1"), SOURCE);
    }

    /** With which code it was closed first; waits up to ten seconds. */
    int closed() throws InterruptedException {
        return Objects.requireNonNull(codes.poll(10, TimeUnit.SECONDS), "It was not closed");
    }

    /** On which threads it was closed: what a plugin does then runs there. */
    Iterable<Thread> closedBy() {
        return closedBy;
    }

    boolean isOpen() {
        return codes.isEmpty();
    }

    BlockingQueue<String> heard() {
        return heard;
    }

    private static <T> T fake(Class<T> type, InvocationHandler does) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, does));
    }
}

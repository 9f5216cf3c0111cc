// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.actor.Actor;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.people.People;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveHandler;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/** Every open socket of this node. Asks the gate before each message; closes all of a plugin's when a tenant has switched it off. */
@OnePerNode
public final class LiveSockets {

    private static final Logger LOG = Logger.getLogger(LiveSockets.class.getName());
    private static final long SECONDS_TO_JOIN = 10;
    /** A proxy may cut a socket that is silent for a minute (RFC 6455, 5.5.2 has the ping for that). */
    private static final long SECONDS_BETWEEN_PINGS = 20;

    private final Map<String, LiveSocket> open = new ConcurrentHashMap<>();
    private final Gate gate;
    private final Binding binding;
    private final PluginRegistry plugins;
    private final Instance<LiveHandler> handlers;
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("sockets").factory());

    @Inject
    LiveSockets(Gate gate, Binding binding, PluginRegistry plugins, @Any Instance<LiveHandler> handlers) {
        this.gate = gate;
        this.binding = binding;
        this.plugins = plugins;
        this.handlers = handlers;
        clock.scheduleWithFixedDelay(() -> open.values().forEach(LiveSocket::ping), SECONDS_BETWEEN_PINGS,
                SECONDS_BETWEEN_PINGS, TimeUnit.SECONDS);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        clock.shutdownNow();
    }

    void opened(Session session, TenantId tenant, PluginId plugin) {
        var socket = new LiveSocket(session, tenant, plugin);
        open.put(session.getId(), socket);
        // Asked again after it is in the table: a toggle between the handshake and here would otherwise miss it.
        if (!gate.isOn(tenant, plugin)) {
            socket.close(CloseCode.MODULE_OFF);
        } else if (!gate.isConfirmed()) {
            socket.close(CloseCode.TRY_AGAIN_LATER);
        } else if (handler(plugin).isEmpty()) {
            socket.close(CloseCode.NOT_UNDERSTOOD);
        } else {
            clock.schedule(() -> {
                if (socket.actor().isEmpty()) {
                    socket.close(CloseCode.TICKET_REFUSED);
                }
            }, SECONDS_TO_JOIN, TimeUnit.SECONDS);
        }
    }

    void received(Session session, String text) {
        var socket = open.get(session.getId());
        if (socket == null) {
            return;
        }
        var tenant = gate.tenant(socket.tenant());
        var handler = handler(socket.plugin());
        if (tenant.isEmpty() || handler.isEmpty() || !gate.isOn(socket.tenant(), socket.plugin())) {
            socket.close(CloseCode.MODULE_OFF);
        } else if (!gate.isConfirmed()) {
            socket.close(CloseCode.TRY_AGAIN_LATER);
        } else if (!socket.mayReceive()) {
            socket.close(CloseCode.TOO_FAST);
        } else if (socket.actor().isEmpty()) {
            binding.run(tenant.get(), Actor.anonymous(), () -> join(socket, handler.get(), text));
        } else {
            binding.run(tenant.get(), socket.actor().get(), () -> deliver(socket, handler.get(), text));
        }
    }

    private void join(LiveSocket socket, LiveHandler handler, String text) {
        try {
            socket.joined(handler.joined(socket, text));
        } catch (ProblemException refused) {
            socket.close(CloseCode.TICKET_REFUSED);
            return;
        }
        // Closed while it joined: the table has forgotten it, and nobody else will tell the plugin.
        if (!open.containsKey(socket.id())) {
            handler.closed(socket);
        }
    }

    private static void deliver(LiveSocket socket, LiveHandler handler, String text) {
        try {
            handler.received(socket, text);
        } catch (ProblemException refused) {
            socket.close(CloseCode.NOT_UNDERSTOOD);
        }
    }

    void closed(Session session) {
        var socket = open.remove(session.getId());
        if (socket == null) {
            return;
        }
        socket.ended();
        var tenant = gate.tenant(socket.tenant());
        var handler = handler(socket.plugin());
        if (tenant.isPresent() && handler.isPresent() && socket.actor().isPresent()) {
            binding.run(tenant.get(), socket.actor().get(), () -> handler.get().closed(socket));
        }
    }

    /** Ends the socket as well: once out of the table it would be heard by nobody, and be closed by no toggle. A page opens a new one. */
    void failed(Session session, Throwable failure) {
        var socket = open.get(session.getId());
        if (socket == null) {
            return;
        }
        LOG.log(Level.INFO, "socket-failed plugin=" + socket.plugin() + " cause=" + failure.getClass().getName());
        try {
            closed(session);
        } finally {
            socket.close(CloseCode.NOT_UNDERSTOOD);
        }
    }

    void switched(@Observes GateKeeper.Switched change) {
        if (!change.on()) {
            close(CloseCode.MODULE_OFF, socket -> socket.tenant().equals(change.tenant().id())
                    && socket.plugin().equals(change.plugin()));
        }
    }

    void gone(@Observes People.Gone person) {
        open.values()
                .stream()
                .filter(socket -> socket.mayBeOf(person))
                .forEach(socket -> socket.close(CloseCode.SIGNED_OUT));
    }

    void lapsed(@Observes GateKeeper.Lapsed lapsed) {
        close(CloseCode.TRY_AGAIN_LATER, any -> true);
    }

    /** Each on a thread of its own: somebody who does not read keeps nobody else waiting, nor who has switched. */
    private void close(CloseCode code, Predicate<LiveSocket> which) {
        var ended = open.values().stream().filter(which).toList();
        ended.forEach(LiveSocket::ended);
        ended.forEach(socket -> Thread.ofVirtual().name("socket-close").start(() -> socket.close(code)));
        LOG.log(Level.INFO, "sockets-closed code=" + code + " count=" + ended.size());
    }

    private Optional<LiveHandler> handler(PluginId plugin) {
        return handlers.handlesStream()
                .filter(handle -> plugins.owner(handle.getBean().getBeanClass()).equals(plugin))
                .findFirst()
                .map(Instance.Handle::get);
    }
}

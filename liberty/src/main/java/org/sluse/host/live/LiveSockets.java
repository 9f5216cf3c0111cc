// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.actor.Actor;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.look.Look;
import org.sluse.host.people.People;
import org.sluse.host.people.SessionEnds;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.signin.StaffSessions;
import org.sluse.host.tenant.Binding;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveHandler;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;

/**
 * Every open socket of this node. Asks the gate before each message; closes all of a plugin's when a tenant has switched it off, and those of staff whose session is over.
 */
@OnePerNode
public final class LiveSockets {

    private static final Logger LOG = Logger.getLogger(LiveSockets.class.getName());
    private static final long SECONDS_TO_JOIN = 10;
    /** A proxy may cut a socket that is silent for a minute (RFC 6455, 5.5.2 has the ping for that). */
    private static final long SECONDS_BETWEEN_PINGS = 20;
    /** Whoever has signed out on another node is heard for so long at most, and the time of one question. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    /** Clinics whose databases are asked at the same moment. */
    private static final int MOST_LOOKS_AT_ONCE = 16;

    private final Map<String, LiveSocket> open = new ConcurrentHashMap<>();
    private final Gate gate;
    private final Binding binding;
    private final Bulkheads bulkheads;
    private final SessionWatch.Sessions sessions;
    private final Function<PluginId, Optional<LiveHandler>> handlers;
    private final SessionWatch watch;
    private final Look look = new Look("sessions");
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("sockets").factory());

    @Inject
    LiveSockets(Gate gate, Binding binding, PluginRegistry plugins, Bulkheads bulkheads, SessionEnds ends,
            StaffSessions sessions, @Any Instance<LiveHandler> handlers) {
        this(gate, binding, bulkheads, ends::ofLate, sessions::standing, plugin -> handlers.handlesStream()
                .filter(handle -> plugins.owner(handle.getBean().getBeanClass()).equals(plugin))
                .findFirst()
                .map(Instance.Handle::get));
    }

    /** @param handlers the handler of a plugin; empty for one that has no sockets */
    LiveSockets(Gate gate, Binding binding, Bulkheads bulkheads, SessionWatch.Ends ends, SessionWatch.Sessions sessions,
            Function<PluginId, Optional<LiveHandler>> handlers) {
        this.gate = gate;
        this.binding = binding;
        this.bulkheads = bulkheads;
        this.sessions = sessions;
        this.handlers = handlers;
        var looks = new Semaphore(MOST_LOOKS_AT_ONCE);
        this.watch = new SessionWatch(open.values(), ends, sessions,
                look -> Thread.ofVirtual().name("sockets-look").start(() -> {
                    looks.acquireUninterruptibly();
                    try {
                        look.run();
                    } finally {
                        looks.release();
                    }
                }));
        clock.scheduleWithFixedDelay(() -> open.values().forEach(LiveSocket::ping), SECONDS_BETWEEN_PINGS,
                SECONDS_BETWEEN_PINGS, TimeUnit.SECONDS);
        // Not on the thread of the pings, which wait for no database.
        look.every(BETWEEN_LOOKS, watch::look);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        clock.shutdownNow();
        look.stop();
    }

    void opened(LiveSocket socket) {
        open.put(socket.id(), socket);
        // Asked again after it is in the table: a toggle between the handshake and here would otherwise miss it.
        if (!gate.isOn(socket.tenant(), socket.plugin())) {
            socket.close(CloseCode.MODULE_OFF);
        } else if (!gate.isConfirmed()) {
            socket.close(CloseCode.TRY_AGAIN_LATER);
        } else if (handlers.apply(socket.plugin()).isEmpty()) {
            socket.close(CloseCode.NOT_UNDERSTOOD);
        } else {
            clock.schedule(() -> {
                if (socket.actor().isEmpty()) {
                    // A node that was paused was not listening: that no ticket came is then not the page's doing.
                    socket.closeSoon(gate.isConfirmed() ? CloseCode.TICKET_REFUSED : CloseCode.TRY_AGAIN_LATER);
                }
            }, SECONDS_TO_JOIN, TimeUnit.SECONDS);
        }
    }

    void received(Session session, String text) {
        var socket = open.get(session.getId());
        if (socket != null) {
            from(socket, () -> received(socket, text));
        }
    }

    private void from(LiveSocket socket, Runnable work) {
        binding.<Void, RuntimeException>from(socket.source(), () -> {
            work.run();
            return null;
        });
    }

    private void received(LiveSocket socket, String text) {
        var tenant = gate.tenantWith(socket.tenant(), socket.plugin());
        var handler = handlers.apply(socket.plugin());
        if (tenant.isEmpty() || handler.isEmpty()) {
            socket.close(CloseCode.MODULE_OFF);
        } else if (!gate.isConfirmed()) {
            socket.close(CloseCode.TRY_AGAIN_LATER);
        } else if (!socket.mayReceive()) {
            socket.close(CloseCode.TOO_FAST);
        } else {
            withinItsShare(socket, tenant.get(), handler.get(), text);
        }
    }

    private void withinItsShare(LiveSocket socket, Tenant tenant, LiveHandler handler, String text) {
        var free = bulkheads.take(socket.tenant(), socket.plugin());
        if (free.isEmpty()) {
            socket.close(CloseCode.TRY_AGAIN_LATER);
            return;
        }
        var joined = socket.actor();
        try (var place = free.get()) {
            if (joined.isEmpty()) {
                join(socket, tenant, handler, text);
            } else {
                binding.run(tenant, joined.get(), () -> handler.received(socket, text));
            }
        } catch (RuntimeException failed) {
            if (!(failed instanceof ProblemException)) {
                LOG.log(Level.WARNING,
                        "message-failed plugin=" + socket.plugin() + " cause=" + failed.getClass().getName());
            }
            socket.close(Refusal.code(failed,
                    joined.isEmpty() ? CloseCode.TICKET_REFUSED : CloseCode.NOT_UNDERSTOOD));
        }
    }

    /** As whoever is signed in where the handshake came from: a ticket alone, perhaps of before they signed out, makes nobody staff. */
    private void join(LiveSocket socket, Tenant tenant, LiveHandler handler, String text) {
        var inSession = sessions.standing(tenant.id(), Set.of(socket.signedIn()))
                .getOrDefault(socket.signedIn(), Actor.anonymous());
        var who = binding.<Actor, RuntimeException>call(tenant, inSession, () -> handler.joined(socket, text));
        if (!SessionWatch.maySpeak(inSession, who)) {
            binding.run(tenant, who, () -> handler.closed(socket));
            socket.close(CloseCode.SIGNED_OUT);
            return;
        }
        socket.joined(who);
        // Closed while it joined: who closed it may not have known yet that the plugin has to be told.
        if (!open.containsKey(socket.id()) && socket.isFirstToTell()) {
            binding.run(tenant, who, () -> handler.closed(socket));
        }
    }

    void closed(Session session) {
        var socket = open.remove(session.getId());
        if (socket == null) {
            return;
        }
        socket.ended();
        var tenant = gate.tenant(socket.tenant());
        var handler = handlers.apply(socket.plugin());
        if (tenant.isPresent() && handler.isPresent() && socket.actor().isPresent() && socket.isFirstToTell()) {
            var who = socket.actor().get();
            from(socket, () -> binding.run(tenant.get(), who, () -> handler.get().closed(socket)));
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

    void gone(@Observes People.Gone hint) {
        watch.look(hint.tenant());
    }

    void lapsed(@Observes GateKeeper.Lapsed lapsed) {
        close(CloseCode.TRY_AGAIN_LATER, any -> true);
    }

    private void close(CloseCode code, Predicate<LiveSocket> which) {
        var ended = open.values().stream().filter(which).toList();
        ended.forEach(socket -> socket.closeSoon(code));
        LOG.log(Level.INFO, "sockets-closed code=" + code + " count=" + ended.size());
    }
}

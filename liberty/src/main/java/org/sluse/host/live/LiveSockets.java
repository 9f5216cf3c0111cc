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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.cluster.Cluster;
import org.sluse.host.cluster.Members;
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
import org.sluse.host.tenant.Source;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveHandler;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/**
 * Every open socket of this node, and those of other nodes whose clinics have their home here: what is said over all sockets of one clinic is handled on one node, and another that has the socket only carries it. Asks the
 * gate before each message; closes all of a plugin's when a tenant has switched it off, those of staff whose session is over, and those of a clinic whose home is another node by now: their pages come back.
 */
@OnePerNode
public final class LiveSockets implements Members.Listener {

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
    private final Members members;
    private final Carrier carrier;
    /** What other nodes say for sockets of theirs, each socket's in its order. */
    private final Map<There, InOrder> remote = new ConcurrentHashMap<>();
    private final Look look = new Look("sessions");
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("sockets").factory());

    /** A socket that another node has. */
    private record There(UUID node, String socket) {

        String id() {
            return RemoteWire.id(node, socket);
        }
    }

    @Inject
    LiveSockets(Gate gate, Binding binding, PluginRegistry plugins, Bulkheads bulkheads, SessionEnds ends,
            StaffSessions sessions, Cluster cluster, @Any Instance<LiveHandler> handlers) {
        this(gate, binding, bulkheads, ends::ofLate, sessions::standing, cluster, plugin -> handlers.handlesStream()
                .filter(handle -> plugins.owner(handle.getBean().getBeanClass()).equals(plugin))
                .findFirst()
                .map(Instance.Handle::get));
    }

    /** @param handlers the handler of a plugin; empty for one that has no sockets */
    LiveSockets(Gate gate, Binding binding, Bulkheads bulkheads, SessionWatch.Ends ends, SessionWatch.Sessions sessions,
            Members members, Function<PluginId, Optional<LiveHandler>> handlers) {
        this.gate = gate;
        this.binding = binding;
        this.bulkheads = bulkheads;
        this.sessions = sessions;
        this.handlers = handlers;
        this.members = members;
        this.carrier = new Carrier(members);
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
        // In time: the first module that is on here makes this bean, since it observes switches, and nothing is carried for one that is off.
        members.listen(this);
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
            members.home(socket.tenant()).ifPresentOrElse(home -> carry(socket, home), () -> awaitJoin(socket));
        }
    }

    private void carry(LiveSocket socket, UUID home) {
        if (socket.carrier().isPresent()) {
            // The node that has it knows another home; one of us is about to hear of a change.
            socket.close(CloseCode.TRY_AGAIN_LATER);
            return;
        }
        socket.carriedTo(home);
        var source = socket.source();
        var isPosted = carrier.post(home, new Parcel.Opened(socket.id(), socket.tenant().value(),
                socket.plugin().value(), socket.signedIn().hash(), source.network(), source.agent().name()));
        // Asked again after it is known here whose it is: a change in between would otherwise miss it.
        if (!isPosted || hasMoved(socket)) {
            socket.closeSoon(CloseCode.TRY_AGAIN_LATER);
        }
    }

    private void awaitJoin(LiveSocket socket) {
        clock.schedule(() -> {
            if (socket.actor().isEmpty()) {
                // A node that was paused was not listening: that no ticket came is then not the page's doing.
                socket.closeSoon(gate.isConfirmed() ? CloseCode.TICKET_REFUSED : CloseCode.TRY_AGAIN_LATER);
            }
        }, SECONDS_TO_JOIN, TimeUnit.SECONDS);
    }

    void received(Session session, String text) {
        var socket = open.get(session.getId());
        if (socket != null) {
            from(socket, () -> socket.home()
                    .ifPresentOrElse(home -> pass(socket, home, text), () -> received(socket, text)));
        }
    }

    /** Hands what the browser said to the clinic's home, the first time with what only its cookies say. */
    private void pass(LiveSocket socket, UUID home, String text) {
        if (!gate.isConfirmed()) {
            socket.close(CloseCode.TRY_AGAIN_LATER);
        } else if (!socket.mayReceive()) {
            socket.close(CloseCode.TOO_FAST);
        } else {
            try {
                var parcel = socket.takeHeld()
                        .<Parcel>map(held -> new Parcel.First(socket.id(), held(socket, held), text))
                        .orElseGet(() -> new Parcel.Said(socket.id(), text));
                if (!carrier.post(home, parcel)) {
                    socket.close(CloseCode.TRY_AGAIN_LATER);
                }
            } catch (RuntimeException failed) {
                socket.close(Refusal.code(failed, CloseCode.TICKET_REFUSED));
            }
        }
    }

    private Set<String> held(LiveSocket socket, Supplier<Set<String>> held) {
        var tenant = gate.tenantWith(socket.tenant(), socket.plugin())
                .orElseThrow(() -> new IllegalStateException("The module is off"));
        return binding.call(tenant, Actor.anonymous(), held::get);
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
        } else if (socket.carrier().isEmpty() && !socket.mayReceive()) {
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
        closed(session.getId());
    }

    private void closed(String id) {
        var socket = open.remove(id);
        if (socket == null) {
            return;
        }
        socket.ended();
        socket.home().ifPresent(home -> carrier.post(home, new Parcel.Gone(socket.id())));
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

    // ---- What crosses between nodes ----

    @Override
    public void changed(boolean merged) {
        carrier.changed();
        remote.forEach((there, inOrder) -> {
            if (merged || !members.isThere(there.node())) {
                inOrder.execute(() -> forget(there));
            }
        });
        var moved = open.values()
                .stream()
                .filter(socket -> hasMoved(socket) || merged && socket.home().isPresent())
                .toList();
        moved.forEach(socket -> socket.closeSoon(CloseCode.TRY_AGAIN_LATER));
        if (!moved.isEmpty()) {
            LOG.log(Level.INFO, "sockets-moved count={0}", moved.size());
        }
    }

    /** Whether another node should handle it than does. */
    private boolean hasMoved(LiveSocket socket) {
        return !members.home(socket.tenant()).equals(socket.home());
    }

    @Override
    public void received(UUID from, byte[] bytes) {
        switch (Parcel.of(bytes)) {
            case Parcel.Opened it -> remote.computeIfAbsent(new There(from, it.socket()), any -> new InOrder("remote"))
                    .execute(() -> opened(remoteSocket(from, it)));
            case Parcel.First it -> said(new There(from, it.socket()), socket -> {
                socket.holds(it.held());
                received(socket, it.text());
            });
            case Parcel.Said it -> said(new There(from, it.socket()), socket -> received(socket, it.text()));
            case Parcel.Gone it -> {
                var there = new There(from, it.socket());
                Optional.ofNullable(remote.get(there)).ifPresent(inOrder -> inOrder.execute(() -> forget(there)));
            }
            case Parcel.Heard it -> here(from, it.socket(), socket -> socket.send(it.text()));
            case Parcel.Close it -> here(from, it.socket(), socket -> Thread.ofVirtual()
                    .name("socket-close")
                    .start(() -> socket.close(it.code(), it.reason())));
            case Parcel.News it -> Thread.ofVirtual().name("news").start(() -> heard(it));
        }
    }

    private LiveSocket remoteSocket(UUID from, Parcel.Opened it) {
        return new LiveSocket(new RemoteWire(from, it.socket(), carrier), new TenantId(it.tenant()),
                new PluginId(it.plugin()), new StaffSessions.Key(it.signedIn()), Set::of,
                new Source(it.network(), Source.Agent.valueOf(it.agent())));
    }

    /** Acts on a socket of another node after what it said before; one that is not known here is to be opened anew. */
    private void said(There there, Consumer<LiveSocket> act) {
        var inOrder = remote.get(there);
        if (inOrder == null) {
            carrier.post(there.node(), new Parcel.Close(there.socket(), CloseCode.TRY_AGAIN_LATER.code(),
                    CloseCode.TRY_AGAIN_LATER.name()));
            return;
        }
        inOrder.execute(() -> Optional.ofNullable(open.get(there.id()))
                .ifPresent(socket -> from(socket, () -> act.accept(socket))));
    }

    private void forget(There there) {
        remote.remove(there);
        closed(there.id());
    }

    /** Acts on a socket of this node that the other one handles; one that is not here any more it is told of. */
    private void here(UUID home, String id, Consumer<LiveSocket> act) {
        Optional.ofNullable(open.get(id))
                .filter(socket -> socket.home().filter(home::equals).isPresent())
                .ifPresentOrElse(act, () -> carrier.post(home, new Parcel.Gone(id)));
    }

    /** Tells the plugin's handler where the clinic's sockets are; here, on this thread, if that is this node. For the bound tenant. */
    void tell(PluginId plugin, String news) {
        var tenant = binding.tenant();
        var actor = binding.actor();
        members.home(tenant.id())
                .ifPresentOrElse(home -> carrier.post(home,
                        new Parcel.News(tenant.id().value(), plugin.value(),
                                new Parcel.Speaker(actor.kind().name(), actor.id(),
                                        actor.roles().stream().map(Role::name).collect(Collectors.toSet())),
                                binding.source().network(), binding.source().agent().name(), news)),
                        () -> handlers.apply(plugin).ifPresent(handler -> handler.told(news)));
    }

    private void heard(Parcel.News it) {
        var plugin = new PluginId(it.plugin());
        var tenant = gate.tenantWith(new TenantId(it.tenant()), plugin);
        var handler = handlers.apply(plugin);
        if (tenant.isEmpty() || handler.isEmpty()) {
            return;
        }
        var actor = new Actor(Actor.Kind.valueOf(it.actor().kind()), it.actor().id(),
                it.actor().roles().stream().map(Role::valueOf).collect(Collectors.toSet()));
        try {
            binding.<Void, RuntimeException>from(new Source(it.network(), Source.Agent.valueOf(it.agent())), () -> {
                binding.run(tenant.get(), actor, () -> handler.get().told(it.text()));
                return null;
            });
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "news-failed plugin=" + plugin + " cause=" + failed.getClass().getName());
        }
    }

    // ---- What closes many ----

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

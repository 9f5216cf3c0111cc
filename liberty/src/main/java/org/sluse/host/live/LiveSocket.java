// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.Actor;
import org.sluse.host.signin.StaffSessions;
import org.sluse.host.tenant.Source;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** One socket. Sends in the order of the calls, one message at a time, and drops the connection of somebody who does not read. */
final class LiveSocket implements LiveConnection {

    private static final int MOST_UNREAD = 500;
    private static final long NANOSECONDS_PER_MESSAGE = 20_000_000L;
    private static final long BURST = 200;

    private final Wire wire;
    private final TenantId tenant;
    private final PluginId plugin;
    private final StaffSessions.Key signedIn;
    private final Source source;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean heldTaken = new AtomicBoolean();
    private final Queue<String> unsent = new ArrayDeque<>();
    /** At first too: what a plugin says while somebody joins goes out once the host has agreed that they may. */
    private boolean sending = true;
    private boolean over;
    private long credit = BURST;
    private long lastMessage = System.nanoTime();
    private volatile @Nullable Actor actor;
    /** Forgotten once somebody has joined: it knows the cookies. */
    private volatile Supplier<Set<String>> held;
    private volatile Optional<UUID> home = Optional.empty();

    /**
     * @param signedIn the session of staff in which the handshake was made
     * @param held asks which links the browser holds
     */
    LiveSocket(Wire wire, TenantId tenant, PluginId plugin, StaffSessions.Key signedIn,
            Supplier<Set<String>> held, Source source) {
        this.wire = wire;
        this.tenant = tenant;
        this.plugin = plugin;
        this.signedIn = signedIn;
        this.held = held;
        this.source = source;
    }

    TenantId tenant() {
        return tenant;
    }

    PluginId plugin() {
        return plugin;
    }

    /** Where the handshake came from. */
    Source source() {
        return source;
    }

    StaffSessions.Key signedIn() {
        return signedIn;
    }

    /** The node that has the socket, for a clinic whose home is this one; empty when it is this one. */
    Optional<UUID> carrier() {
        return wire instanceof RemoteWire remote ? Optional.of(remote.carrier()) : Optional.empty();
    }

    /** The node that handles what is said, while this one carries it; empty when it is this one. */
    Optional<UUID> home() {
        return home;
    }

    /** From now on another node handles what is said, and what it says goes out at once. */
    void carriedTo(UUID node) {
        home = Optional.of(node);
        sendNext();
    }

    /** What finds out the objects whose links the browser holds; empty when that was asked for before. */
    Optional<Supplier<Set<String>>> takeHeld() {
        var known = held;
        held = Set::of;
        return heldTaken.compareAndSet(false, true) ? Optional.of(known) : Optional.empty();
    }

    /** The browser holds the links of these objects, as the node says that has the socket. */
    void holds(Set<String> objects) {
        held = () -> objects;
    }

    Optional<Actor> actor() {
        return Optional.ofNullable(actor);
    }

    /** Whether nobody has told the plugin yet that this has ended; true once. */
    boolean isFirstToTell() {
        return told.compareAndSet(false, true);
    }

    /** From now on this actor speaks, and hears what the plugin has said already. */
    void joined(Actor who) {
        actor = who;
        held = Set::of;
        sendNext();
    }

    /** A bucket of 200 messages that fills with 50 a second: far more than a person's browser sends. */
    synchronized boolean mayReceive() {
        var now = System.nanoTime();
        credit = Math.min(BURST, credit + (now - lastMessage) / NANOSECONDS_PER_MESSAGE);
        lastMessage = now - (now - lastMessage) % NANOSECONDS_PER_MESSAGE;
        return --credit >= 0;
    }

    @Override
    public String id() {
        return wire.id();
    }

    @Override
    public Set<String> held() {
        return held.get();
    }

    @Override
    public void send(String text) {
        synchronized (this) {
            if (over) {
                return;
            }
            unsent.add(text);
            if (sending) {
                if (unsent.size() > MOST_UNREAD) {
                    close(CloseCode.TOO_FAST);
                }
                return;
            }
            sending = true;
        }
        sendNext();
    }

    private void sendNext() {
        String next;
        synchronized (this) {
            next = unsent.poll();
            if (next == null || over) {
                sending = false;
                return;
            }
        }
        try {
            wire.send(next, sent -> {
                if (sent) {
                    sendNext();
                } else {
                    broken();
                }
            });
        } catch (RuntimeException gone) {
            broken();
        }
    }

    /**
     * Pings, so that nothing on the way cuts a socket that is silent. Returns at once: a ping may block for as long as the other side does not read. It takes its
     * turn among the messages, since two that are written at the same time are an {@code IllegalStateException}; while one is under way, none is needed.
     */
    void ping() {
        synchronized (this) {
            if (over || sending) {
                return;
            }
            sending = true;
        }
        Thread.ofVirtual().name("ping").start(() -> {
            try {
                wire.ping();
                sendNext();
            } catch (IOException | RuntimeException gone) {
                broken();
            }
        });
    }

    /** Closes what can no longer be written to: a socket that stays open and says nothing is never opened anew by its page. */
    private void broken() {
        close(CloseReason.CloseCodes.UNEXPECTED_CONDITION.getCode(), "broken");
    }

    @Override
    public void close(CloseCode code) {
        close(code.code(), code.name());
    }

    void close(int code, String reason) {
        ended();
        try {
            wire.close(code, reason);
        } catch (IOException | IllegalStateException gone) {
            // The other side was faster: what was wanted has happened.
            ended();
        }
    }

    /** On a thread of its own: somebody who does not read keeps nobody else waiting, and what the plugin does then runs on no thread of the caller's. */
    void closeSoon(CloseCode code) {
        ended();
        Thread.ofVirtual().name("socket-close").start(() -> close(code));
    }

    synchronized void ended() {
        over = true;
        unsent.clear();
    }
}

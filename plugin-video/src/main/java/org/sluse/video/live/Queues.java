// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.live.LiveConnection;
import org.sluse.tenant.TenantContext;
import org.sluse.tenant.TenantId;
import org.sluse.video.admission.Participant;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;

/**
 * The sockets of this node, by the practitioner whose waiting room they follow. The list is read and told under one lock, so that nobody hears an older one after a newer
 * one. Thread-safe; whoever holds the lock of a room may call it, it takes none itself.
 */
final class Queues {

    private final Locked<Host, Queue> queues = new Locked<>(Queue::new, Queue::isEmpty);
    private final Map<LiveConnection, Host> hosts = new ConcurrentHashMap<>();
    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final TenantContext context;
    private final Clock clock;

    Queues(TenantDatabase database, VideoSessionStore store, TenantContext context, Clock clock) {
        this.database = database;
        this.store = store;
        this.context = context;
        this.clock = clock;
    }

    private record Host(TenantId tenant, String staffId) {}

    /** A practitioner follows their own waiting room. */
    void host(LiveConnection socket, String staffId) {
        follow(socket, staffId, queue -> queue.host(socket));
    }

    /** Somebody has come to a session. */
    void guest(LiveConnection socket, VideoSession session, Participant who) {
        follow(socket, session.hostId(), queue -> queue.guest(socket, session.id(), who));
    }

    private void follow(LiveConnection socket, String staffId, Consumer<Queue> act) {
        var host = host(staffId);
        hosts.put(socket, host);
        queues.in(host, act);
    }

    /** The socket is closed. */
    void gone(LiveConnection socket) {
        var host = hosts.remove(socket);
        if (host != null) {
            queues.in(host, queue -> queue.gone(socket));
        }
    }

    /** Nobody of the bound tenant follows any more. */
    void forget() {
        var tenant = context.tenant().id();
        hosts.values().removeIf(host -> host.tenant().equals(tenant));
        queues.forget(host -> host.tenant().equals(tenant));
    }

    /** Tells everybody who follows this practitioner's waiting room how it is now, by one read; reads nothing when there is nobody. */
    void tell(String staffId) {
        queues.in(host(staffId), queue -> {
            if (!queue.isEmpty()) {
                queue.tell(database.inTransaction(AuditEntry.list("VideoSession"), tx -> store.presentOf(tx, staffId)),
                        clock.instant());
            }
        });
    }

    private Host host(String staffId) {
        return new Host(context.tenant().id(), staffId);
    }
}

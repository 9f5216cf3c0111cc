// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.live.LiveConnection;
import org.sluse.tenant.TenantContext;
import org.sluse.tenant.TenantId;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;

/** The sockets of practitioners who are told who waits for them. Thread-safe. */
final class Watchers {

    private final Map<LiveConnection, Watcher> watchers = new ConcurrentHashMap<>();
    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final TenantContext context;
    private final Clock clock;

    Watchers(TenantDatabase database, VideoSessionStore store, TenantContext context, Clock clock) {
        this.database = database;
        this.store = store;
        this.context = context;
        this.clock = clock;
    }

    private record Watcher(TenantId tenant, String staffId) {}

    void watch(LiveConnection socket, String staffId) {
        watchers.put(socket, watcher(staffId));
    }

    void unwatch(LiveConnection socket) {
        watchers.remove(socket);
    }

    /** Nobody of the bound tenant watches any more. */
    void forget() {
        watchers.values().removeIf(watcher -> watcher.tenant().equals(context.tenant().id()));
    }

    /** Tells every socket of this practitioner who waits now; reads nothing when there is none. */
    void tell(String staffId) {
        var me = watcher(staffId);
        var sockets = watchers.entrySet()
                .stream()
                .filter(entry -> entry.getValue().equals(me))
                .map(Map.Entry::getKey)
                .toList();
        if (!sockets.isEmpty()) {
            var waiting = Words.waiting(presentOf(staffId), clock.instant());
            sockets.forEach(socket -> socket.send(waiting));
        }
    }

    /** How many patients of the same host have waited longer; 0 for who does not wait. */
    int before(VideoSession session) {
        if (!session.patient().admission().isWaiting()) {
            return 0;
        }
        var waiting = presentOf(session.hostId()).stream()
                .filter(each -> each.patient().admission().isWaiting())
                .map(VideoSession::id)
                .toList();
        return Math.max(0, waiting.indexOf(session.id()));
    }

    private List<VideoSession> presentOf(String staffId) {
        return database.inTransaction(AuditEntry.list("VideoSession"), tx -> store.presentOf(tx, staffId));
    }

    private Watcher watcher(String staffId) {
        return new Watcher(context.tenant().id(), staffId);
    }
}

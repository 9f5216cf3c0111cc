// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.provider.NoRoomException;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;

/**
 * The rooms of the clinics whose home is this node, with the sessions behind them: changes a session in the database, then tells who sits in its room. Everything that happens to one session, its
 * messages included, is done under the room's lock, so that nobody is told an older state after a newer one. Thread-safe.
 */
final class OpenRooms {

    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final MediaRights rights;
    private final Queues queues;
    private final TenantContext context;
    private final Clock clock;
    private final Rooms rooms = new Rooms();

    OpenRooms(TenantDatabase database, VideoSessionStore store, MediaRights rights, Queues queues,
            TenantContext context, Clock clock) {
        this.database = database;
        this.store = store;
        this.rights = rights;
        this.queues = queues;
        this.context = context;
        this.clock = clock;
    }

    /** Acts in the room of the bound tenant's session, under its lock. */
    void in(UUID sessionId, Consumer<Room> act) {
        rooms.in(context.tenant().id(), sessionId, act);
    }

    /** Nobody of the bound tenant is in a room any more; their sockets are closed by others. */
    void forget() {
        rooms.forget(context.tenant().id());
    }

    // ---- What is told ----

    static void sit(Room room, String who, ParticipantRole role, LiveConnection socket) {
        room.sit(who, socket).ifPresent(older -> older.close(CloseCode.REPLACED));
        socket.send(Words.joined(role.name()));
    }

    /** After something has happened to one of them: tells them where they are, everybody who is in who else is, and whoever follows the same waiting room what that changes. */
    void tell(Room room, VideoSession session, String who) {
        tellState(room, session, who);
        tellPeople(room, session);
        queues.tell(session.hostId());
    }

    void tellState(Room room, VideoSession session, String who) {
        session.find(who)
                .ifPresent(guest -> room.socketOf(who)
                        .ifPresent(socket -> socket.send(Words.state(session, guest, clock.instant()))));
    }

    /** Tells everybody who is in who else is, if it is another than they know. */
    void tellPeople(Room room, VideoSession session) {
        var present = room.present();
        if (present.stream().anyMatch(session::mayTalk)) {
            var host = rights.nameOf(session.hostId());
            present.stream()
                    .filter(session::mayTalk)
                    .forEach(who -> room.tellNews(who, Words.people(session, host, present, who)));
        }
    }

    /** What they need to talk, or why they cannot. */
    void tellRight(LiveConnection socket, VideoSession session, String who) {
        try {
            socket.send(Words.admitted(rights.issue(session, who)));
        } catch (NoRoomException none) {
            socket.send(Words.missed(who, none.why()));
        }
    }

    /** Tells somebody who was turned away, closes their socket, and tells everybody else that they are gone. */
    void sendAway(Room room, VideoSession session, String who) {
        tell(room, session, who);
        session.find(who)
                .filter(guest -> guest.admission().isOver())
                .flatMap(over -> room.socketOf(who))
                .ifPresent(socket -> socket.close(CloseCode.DENIED));
    }

    // ---- Reading and changing ----

    /** Changes the session; the caller {@link #tell tells} of it. */
    VideoSession change(Room room, UUID sessionId, UnaryOperator<VideoSession> step) {
        var entry = AuditEntry.of(AuditAction.CHANGE, "VideoSession", sessionId.toString());
        var changed = database.inTransaction(entry, tx -> {
            var after = step.apply(found(tx, sessionId));
            store.update(tx, after);
            return after;
        });
        room.follow(changed);
        return changed;
    }

    VideoSession read(UUID sessionId) {
        return database.inTransaction(AuditEntry.read("VideoSession", sessionId.toString()),
                tx -> found(tx, sessionId));
    }

    /** Empty for a session that was erased. */
    Optional<VideoSession> find(UUID sessionId) {
        return database.inTransaction(AuditEntry.read("VideoSession", sessionId.toString()),
                tx -> store.find(tx, sessionId));
    }

    VideoSession found(Transaction tx, UUID sessionId) {
        return store.find(tx, sessionId).orElseThrow(ProblemException::notFound);
    }
}

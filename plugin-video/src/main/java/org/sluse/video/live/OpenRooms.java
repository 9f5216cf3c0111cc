// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.time.Clock;
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
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.ticket.TicketHolder;

/**
 * The rooms of this node with the sessions behind them: changes a session in the database, then tells who sits in its room. Everything that happens to one session, its
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

    static void sit(Room room, ParticipantRole role, LiveConnection socket) {
        room.sit(role, socket).ifPresent(older -> older.close(CloseCode.REPLACED));
        socket.send(Words.joined(role.name()));
    }

    /** Tells the patient where they are, and whoever follows the same waiting room what that changes. */
    void tell(Room room, VideoSession session) {
        room.socketOf(ParticipantRole.PATIENT)
                .ifPresent(socket -> socket.send(Words.state(session, clock.instant())));
        queues.tell(session.hostId());
    }

    void tellRight(LiveConnection socket, VideoSession session, ParticipantRole role) {
        socket.send(Words.admitted(rights.issue(session, role)));
    }

    /** Tells each side whether the other one is there. */
    static void tellPresence(Room room) {
        for (var side : ParticipantRole.values()) {
            tellPeer(room, side, room.socketOf(side.other()).isPresent());
        }
    }

    static void tellPeer(Room room, ParticipantRole told, boolean present) {
        room.socketOf(told).ifPresent(socket -> socket.send(Words.peer(present)));
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
        room.follow(changed.patient().admission());
        return changed;
    }

    VideoSession read(UUID sessionId) {
        return database.inTransaction(AuditEntry.read("VideoSession", sessionId.toString()),
                tx -> found(tx, sessionId));
    }

    VideoSession found(Transaction tx, UUID sessionId) {
        return store.find(tx, sessionId).orElseThrow(ProblemException::notFound);
    }

    /** The session, when its patient is still the one whom the ticket names: the link may be withdrawn since. */
    static VideoSession same(TicketHolder.Guest patient, VideoSession session) {
        if (!session.patient().id().equals(patient.participantId())) {
            throw ProblemException.notFound();
        }
        return session;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.id.Ids;
import org.sluse.live.LiveConnection;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.Participant;
import org.sluse.video.quality.CallQuality;
import org.sluse.video.quality.ExperienceStore;
import org.sluse.video.session.VideoSession;

/** The calls: one connection between each two who are in and ready, and the signals of it. */
@Dependent
final class Calls {

    private final OpenRooms rooms;
    private final TenantDatabase database;
    private final ExperienceStore experiences;
    private final MediaRights rights;
    private final Ids ids;
    private final Clock clock;

    @Inject
    Calls(OpenRooms rooms, TenantDatabase database, ExperienceStore experiences, MediaRights rights, Ids ids,
            Clock clock) {
        this.rooms = rooms;
        this.database = database;
        this.experiences = experiences;
        this.rights = rights;
        this.ids = ids;
        this.clock = clock;
    }

    /** Somebody wants connections: with everybody with whom they have none, or a new one with whom they name. One begins with each who wants them too. */
    void ready(LiveConnection socket, UUID sessionId, LiveMessage.Ready ready) {
        bySeat(socket, sessionId, (room, who) -> {
            var session = rooms.read(sessionId);
            if (!session.mayTalk(who)) {
                return;
            }
            if (!rights.isRightOf(ready.token(), session, who)) {
                // Most likely too old: whoever may still talk gets a new right and says again that they are ready.
                rooms.tellRight(socket, session, who);
                return;
            }
            var alone = room.ready(who);
            ready.peer()
                    .map(peer -> room.areBothReady(who, peer) ? List.of(peer) : List.<String>of())
                    .orElse(alone)
                    .stream()
                    .filter(session::mayTalk)
                    .forEach(peer -> begin(room, session, who, peer));
        });
    }

    private void begin(Room room, VideoSession session, String who, String peer) {
        var name = ids.token();
        room.begin(who, peer, name);
        // One named offerer: forced glare never connected in 16 of 83 first offers, this in none of 59.
        var offers = offererOf(session, who, peer).equals(who);
        room.socketOf(who).ifPresent(socket -> socket.send(Words.start(peer, name, offers)));
        room.socketOf(peer).ifPresent(socket -> socket.send(Words.start(who, name, !offers)));
    }

    /** The host; between two others the same one each time. */
    private static String offererOf(VideoSession session, String one, String other) {
        if (session.hostInRoom().equals(one) || session.hostInRoom().equals(other)) {
            return session.hostInRoom();
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Picture and sound arrive: these two have the connection, which after a restart of the server only the browsers know. */
    void connected(LiveConnection socket, UUID sessionId, LiveMessage.Connected connected) {
        bySeat(socket, sessionId, (room, who) -> {
            var session = rooms.read(sessionId);
            var guest = session.find(who);
            if (guest.isPresent()) {
                session = rooms.change(room, sessionId,
                        found -> found.on(found.get(who), AdmissionEvent.CONNECTED, clock.instant()));
                rooms.tell(room, session, who);
            }
            if (session.mayTalk(who) && session.mayTalk(connected.peer())) {
                room.keep(who, connected.peer(), connected.connection());
            }
        });
    }

    /** Passes the signal on when it belongs to the present connection of the two, which there is only while both may talk. */
    void signal(LiveConnection socket, UUID sessionId, LiveMessage.Signal signal) {
        bySeat(socket, sessionId, (room, who) -> room.way(who, signal.peer(), signal.connection())
                .ifPresent(to -> Words.signal(signal, who, rights.areRelayed()).ifPresent(to::send)));
    }

    /** Keeps how it has been so far for whoever says it, while they are in. */
    void quality(LiveConnection socket, UUID sessionId, CallQuality sofar) {
        var entry = AuditEntry.of(AuditAction.CHANGE, "VideoSession", sessionId.toString());
        bySeat(socket, sessionId, (room, who) -> database.inTransaction(entry, tx -> {
            var session = rooms.found(tx, sessionId);
            if (session.mayTalk(who)) {
                experiences.keep(tx, sessionId, session.find(who).map(Participant::id), sofar);
            }
            return session.id();
        }));
    }

    /** Acts for whoever has a seat by this socket; an older one of theirs is heard no more. */
    private void bySeat(LiveConnection socket, UUID sessionId, BiConsumer<Room, String> act) {
        rooms.in(sessionId, room -> room.whoIs(socket).ifPresent(who -> act.accept(room, who)));
    }
}

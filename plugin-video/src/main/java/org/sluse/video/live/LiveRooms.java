// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.provider.ProviderRooms;
import org.sluse.video.session.SessionState;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.ticket.TicketHolder;

/**
 * What happens in the rooms of the clinics whose home is this node: who comes and goes, and how a session ends; the {@link #waiting} room and the {@link #calls} are its parts. The truth about
 * admission is in the database; here are the open sockets.
 */
@ApplicationScoped
public class LiveRooms {

    @Inject
    TenantDatabase database;
    @Inject
    VideoSessionStore store;
    @Inject
    Queues queues;
    @Inject
    OpenRooms rooms;
    @Inject
    WaitingRoom waiting;
    @Inject
    Calls calls;
    @Inject
    ProviderRooms places;
    @Inject
    Clock clock;

    WaitingRoom waiting() {
        return waiting;
    }

    Calls calls() {
        return calls;
    }

    void watch(LiveConnection socket, String staffId) {
        socket.send(Words.joined("TODAY"));
        queues.host(socket, staffId);
        queues.tell(staffId);
    }

    void hostJoined(LiveConnection socket, UUID sessionId, String staffId) {
        rooms.in(sessionId, room -> {
            var session = rooms.read(sessionId);
            if (session.state().isOver() || !session.hostId().equals(staffId)) {
                throw ProblemException.notFound();
            }
            OpenRooms.sit(room, session.hostInRoom(), ParticipantRole.HOST, socket);
            queues.host(socket, staffId);
            rooms.tellRight(socket, session, session.hostInRoom());
            rooms.tellPeople(room, session);
        });
        queues.tell(staffId);
    }

    void guestJoined(LiveConnection socket, TicketHolder.Guest guest) {
        rooms.in(guest.sessionId(), room -> {
            var session = rooms.change(room, guest.sessionId(), found -> {
                var who = found.get(guest.participantId());
                if (who.admission().isOver()) {
                    throw ProblemException.notFound();
                }
                return found.on(who, AdmissionEvent.ARRIVED, clock.instant());
            });
            var who = session.get(guest.participantId());
            OpenRooms.sit(room, who.inRoom(), who.role(), socket);
            queues.guest(socket, session, who);
            rooms.tell(room, session, who.inRoom());
            if (who.admission().mayTalk()) {
                rooms.tellRight(socket, session, who.inRoom());
            }
        });
    }

    void hostGone(LiveConnection socket, UUID sessionId) {
        queues.gone(socket);
        rooms.in(sessionId, room -> {
            if (room.stand(socket).isPresent() && !room.isEmpty()) {
                rooms.tellPeople(room, rooms.read(sessionId));
            }
        });
    }

    void guestGone(LiveConnection socket, UUID sessionId) {
        queues.gone(socket);
        rooms.in(sessionId, room -> room.stand(socket).ifPresent(who -> {
            // Their link may be withdrawn since, and somebody else have the place.
            var session = rooms.change(room, sessionId, found -> found.find(who)
                    .map(guest -> found.on(guest, AdmissionEvent.LOST, clock.instant()))
                    .orElse(found));
            rooms.tell(room, session, who);
        }));
    }

    void unwatch(LiveConnection socket) {
        queues.gone(socket);
    }

    void end(String staffId, UUID sessionId) {
        rooms.in(sessionId, room -> sendAllAway(room, rooms.change(room, sessionId, found -> {
            if (!found.isLedBy(staffId)) {
                throw ProblemException.notFound();
            }
            return found.state().isOver() ? found : found.over(SessionState.ENDED, clock.instant());
        })));
    }

    // ---- What happened elsewhere ----

    /** Somebody has changed a session by another way than its sockets, perhaps on another node. */
    void told(RoomNews.Said said) {
        rooms.in(said.session(), room -> rooms.find(said.session()).ifPresentOrElse(session -> {
            room.follow(session);
            switch (said.what()) {
                case OVER -> sendAllAway(room, session);
                case CHANGED -> changed(room, session);
                case WITHDRAWN -> withdrawn(room, session, said.of());
                case TURNED_AWAY -> rooms.sendAway(room, session, said.of());
                case PEOPLE -> people(room, session, said.of());
            }
        }, () -> forgotten(room, said)));
    }

    private void changed(Room room, VideoSession session) {
        room.present().forEach(who -> rooms.tellState(room, session, who));
        queues.tell(session.hostId());
    }

    private void withdrawn(Room room, VideoSession session, String who) {
        rooms.tell(room, session, who);
        room.socketOf(who).ifPresent(socket -> socket.close(CloseCode.LINK_WITHDRAWN));
    }

    /** The host reads it. */
    private static void people(Room room, VideoSession session, String people) {
        room.socketOf(session.hostInRoom())
                .ifPresent(socket -> socket.send(Words.inRoom(Integer.parseInt(people))));
    }

    /** The session was erased. */
    private void forgotten(Room room, RoomNews.Said said) {
        if (said.what() == RoomNews.What.OVER) {
            queues.tell(said.of());
            end(room);
        }
    }

    private void sendAllAway(Room room, VideoSession session) {
        room.present().forEach(who -> rooms.tellState(room, session, who));
        places.over();
        queues.tell(session.hostId());
        end(room);
    }

    private static void end(Room room) {
        room.present()
                .stream()
                .flatMap(who -> room.socketOf(who).stream())
                .forEach(
                        socket -> socket.close(CloseCode.ENDED));
    }

    /** Everybody is at the beginning again; the host of the sockets closes them. */
    public void switchedOff() {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "VideoSession", "*"), tx -> {
            var sessions = store.underWay(tx);
            sessions.forEach(session -> store.update(tx, session.on(AdmissionEvent.SWITCHED_OFF, clock.instant())));
            return sessions.size();
        });
        rooms.forget();
        queues.forget();
    }
}

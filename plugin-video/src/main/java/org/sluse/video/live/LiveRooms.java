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
import org.sluse.video.provider.RoomListener;
import org.sluse.video.session.SessionListener;
import org.sluse.video.session.SessionState;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.ticket.TicketHolder;

/**
 * What happens in the rooms of this node: who comes and goes, and how a session ends; the {@link #waiting} room and the {@link #calls} are its parts. The truth about
 * admission is in the database; here are the open sockets.
 */
@ApplicationScoped
public class LiveRooms implements SessionListener, RoomListener {

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

    @Override
    public void over(VideoSession session) {
        rooms.in(session.id(), room -> {
            room.follow(session);
            sendAllAway(room, session);
        });
    }

    @Override
    public void changed(VideoSession session) {
        rooms.in(session.id(), room -> {
            room.follow(session);
            room.present().forEach(who -> rooms.tellState(room, session, who));
            queues.tell(session.hostId());
        });
    }

    private void sendAllAway(Room room, VideoSession session) {
        room.present().forEach(who -> rooms.tellState(room, session, who));
        places.over();
        queues.tell(session.hostId());
        room.present()
                .stream()
                .flatMap(who -> room.socketOf(who).stream())
                .forEach(
                        socket -> socket.close(CloseCode.ENDED));
    }

    /** The host reads it. */
    @Override
    public void people(UUID sessionId, int people) {
        rooms.in(sessionId, room -> {
            if (!room.isEmpty()) {
                room.socketOf(rooms.read(sessionId).hostInRoom())
                        .ifPresent(socket -> socket.send(Words.inRoom(people)));
            }
        });
    }

    @Override
    public void withdrawn(VideoSession session, String inRoom) {
        rooms.in(session.id(), room -> {
            room.follow(session);
            rooms.tell(room, session, inRoom);
            room.socketOf(inRoom).ifPresent(socket -> socket.close(CloseCode.LINK_WITHDRAWN));
        });
    }

    @Override
    public void turnedAway(VideoSession session, String inRoom) {
        rooms.in(session.id(), room -> {
            room.follow(session);
            rooms.sendAway(room, session, inRoom);
        });
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

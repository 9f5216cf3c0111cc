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
public class LiveRooms implements SessionListener {

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
            OpenRooms.sit(room, ParticipantRole.HOST, socket);
            queues.host(socket, staffId);
            rooms.tellRight(socket, session, ParticipantRole.HOST);
            OpenRooms.tellPresence(room);
        });
        queues.tell(staffId);
    }

    void patientJoined(LiveConnection socket, TicketHolder.Guest patient) {
        rooms.in(patient.sessionId(), room -> {
            var session = rooms.change(room, patient.sessionId(), found -> {
                if (found.patient().admission().isOver()) {
                    throw ProblemException.notFound();
                }
                return OpenRooms.same(patient, found).on(found.patient(), AdmissionEvent.ARRIVED, clock.instant());
            });
            OpenRooms.sit(room, ParticipantRole.PATIENT, socket);
            queues.patient(socket, session.id(), session.hostId());
            rooms.tell(room, session);
            if (session.patient().admission().mayTalk()) {
                rooms.tellRight(socket, session, ParticipantRole.PATIENT);
            }
            OpenRooms.tellPresence(room);
        });
    }

    void gone(LiveConnection socket, UUID sessionId, ParticipantRole role) {
        queues.gone(socket);
        rooms.in(sessionId, room -> {
            if (!room.stand(role, socket)) {
                return;
            }
            OpenRooms.tellPeer(room, role.other(), false);
            if (role == ParticipantRole.PATIENT) {
                rooms.tell(room,
                        rooms.change(room, sessionId,
                                found -> found.on(found.patient(), AdmissionEvent.LOST, clock.instant())));
            }
        });
    }

    void unwatch(LiveConnection socket) {
        queues.gone(socket);
    }

    void end(UUID sessionId) {
        rooms.in(sessionId, room -> sendAway(room, rooms.change(room, sessionId,
                found -> found.state().isOver() ? found : found.over(SessionState.ENDED, clock.instant()))));
    }

    @Override
    public void over(VideoSession session) {
        rooms.in(session.id(), room -> {
            room.follow(session.patient().admission());
            sendAway(room, session);
        });
    }

    private void sendAway(Room room, VideoSession session) {
        rooms.tell(room, session);
        for (var side : ParticipantRole.values()) {
            room.socketOf(side).ifPresent(socket -> socket.close(CloseCode.ENDED));
        }
    }

    @Override
    public void withdrawn(VideoSession session, String inRoom) {
        rooms.in(session.id(), room -> {
            room.follow(session.patient().admission());
            room.socketOf(ParticipantRole.PATIENT).ifPresent(socket -> socket.close(CloseCode.LINK_WITHDRAWN));
        });
        queues.tell(session.hostId());
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

// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.id.Ids;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.session.SessionListener;
import org.sluse.video.session.SessionState;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.ticket.TicketHolder;

/**
 * What happens in the rooms of this node. The truth about admission is in the database; here are the open sockets. Everything that
 * happens to one session, its messages included, is done under the room's lock, so that nobody is told an older state after a newer one.
 */
@ApplicationScoped
public class LiveRooms implements SessionListener {

    @Inject
    TenantDatabase database;
    @Inject
    VideoSessionStore store;
    @Inject
    MediaRights rights;
    @Inject
    Watchers watchers;
    @Inject
    TenantContext context;
    @Inject
    Ids ids;
    @Inject
    Clock clock;

    private final Rooms rooms = new Rooms();

    // ---- Coming and going ----

    void watch(LiveConnection socket, String staffId) {
        watchers.watch(socket, staffId);
        socket.send(Words.joined("TODAY"));
        watchers.tell(staffId);
    }

    void hostJoined(LiveConnection socket, UUID sessionId, String staffId) {
        inRoom(sessionId, room -> {
            var session = read(sessionId);
            if (session.state().isOver() || !session.hostId().equals(staffId)) {
                throw ProblemException.notFound();
            }
            sit(room, ParticipantRole.HOST, socket);
            watchers.watch(socket, staffId);
            tellRight(socket, session, ParticipantRole.HOST);
            tellPresence(room);
        });
        watchers.tell(staffId);
    }

    void patientJoined(LiveConnection socket, TicketHolder.Patient patient) {
        inRoom(patient.sessionId(), room -> {
            var session = change(room, patient.sessionId(), found -> {
                if (found.patient().admission().isOver()) {
                    throw ProblemException.notFound();
                }
                return same(patient, found).on(AdmissionEvent.ARRIVED, clock.instant());
            });
            sit(room, ParticipantRole.PATIENT, socket);
            tellPatient(room, session);
            if (session.patient().admission().mayTalk()) {
                tellRight(socket, session, ParticipantRole.PATIENT);
            }
            tellPresence(room);
        });
    }

    void gone(LiveConnection socket, UUID sessionId, ParticipantRole role) {
        watchers.unwatch(socket);
        inRoom(sessionId, room -> {
            if (!room.stand(role, socket)) {
                return;
            }
            tellPeer(room, role.other(), false);
            if (role == ParticipantRole.PATIENT) {
                change(room, sessionId, found -> found.on(AdmissionEvent.LOST, clock.instant()));
            }
        });
    }

    void unwatch(LiveConnection socket) {
        watchers.unwatch(socket);
    }

    // ---- The waiting room ----

    /** Gives a patient who is at the device check, and nobody else, what they need to try the relay. */
    void tryRelay(LiveConnection socket, TicketHolder.Patient patient) {
        var entry = AuditEntry.of(AuditAction.CREATE, "RelayTrial", patient.participantId().toString());
        var admission = database.inTransaction(entry,
                tx -> same(patient, found(tx, patient.sessionId())).patient().admission());
        if (admission == Admission.CHECKING) {
            rights.relayToTry(patient.participantId()).ifPresent(relay -> socket.send(Words.relay(relay)));
        }
    }

    void knock(TicketHolder.Patient patient, LiveMessage.Knock knock) {
        step(patient.sessionId(), found -> found.with(same(patient, found).patient().checked(knock.devices()))
                .on(AdmissionEvent.KNOCKED, clock.instant()));
    }

    void leave(TicketHolder.Patient patient) {
        inRoom(patient.sessionId(), room -> {
            tellPatient(room, change(room, patient.sessionId(),
                    found -> same(patient, found).on(AdmissionEvent.LEFT, clock.instant())));
            tellPeer(room, ParticipantRole.HOST, false);
        });
    }

    void admit(String staffId, String participant) {
        var sessionId = hosted(staffId, participant);
        inRoom(sessionId, room -> {
            var session = change(room, sessionId, found -> found.on(AdmissionEvent.LET_IN, clock.instant()));
            tellPatient(room, session);
            if (session.patient().admission().mayTalk()) {
                room.socketOf(ParticipantRole.PATIENT)
                        .ifPresent(socket -> tellRight(socket, session, ParticipantRole.PATIENT));
            }
        });
    }

    void hold(String staffId, String participant, String message) {
        step(hosted(staffId, participant), found -> {
            var held = found.on(AdmissionEvent.ASKED_TO_WAIT, clock.instant());
            return held.patient().admission().isWaiting()
                    ? held.with(held.patient().told(message.strip(), clock.instant()))
                    : held;
        });
    }

    void deny(String staffId, String participant) {
        var sessionId = hosted(staffId, participant);
        inRoom(sessionId, room -> {
            var session = change(room, sessionId, found -> found.on(AdmissionEvent.TURNED_AWAY, clock.instant()));
            tellPatient(room, session);
            if (session.patient().admission().isOver()) {
                room.socketOf(ParticipantRole.PATIENT).ifPresent(socket -> socket.close(CloseCode.DENIED));
            }
        });
    }

    void end(UUID sessionId) {
        inRoom(sessionId, room -> sendAway(room, change(room, sessionId,
                found -> found.state().isOver() ? found : found.over(SessionState.ENDED, clock.instant()))));
    }

    @Override
    public void over(VideoSession session) {
        inRoom(session.id(), room -> {
            room.follow(session.patient().admission());
            sendAway(room, session);
        });
        watchers.tell(session.hostId());
    }

    private void sendAway(Room room, VideoSession session) {
        tellPatient(room, session);
        for (var side : ParticipantRole.values()) {
            room.socketOf(side).ifPresent(socket -> socket.close(CloseCode.ENDED));
        }
    }

    @Override
    public void invitedAgain(VideoSession session) {
        inRoom(session.id(), room -> {
            room.follow(session.patient().admission());
            room.socketOf(ParticipantRole.PATIENT).ifPresent(socket -> socket.close(CloseCode.LINK_WITHDRAWN));
        });
        watchers.tell(session.hostId());
    }

    /** Everybody is at the beginning again; the host of the sockets closes them. */
    public void switchedOff() {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "VideoSession", "*"), tx -> {
            var sessions = store.underWay(tx);
            sessions.forEach(session -> store.update(tx, session.on(AdmissionEvent.SWITCHED_OFF, clock.instant())));
            return sessions.size();
        });
        rooms.forget(context.tenant().id());
        watchers.forget();
    }

    // ---- The call ----

    void ready(LiveConnection socket, UUID sessionId, ParticipantRole role, String token) {
        inRoom(sessionId, room -> {
            var session = read(sessionId);
            if (!room.has(role, socket)
                    || role == ParticipantRole.PATIENT && !session.patient().admission().mayTalk()) {
                return;
            }
            if (!rights.isRightOf(token, session, role)) {
                // Most likely too old: whoever may still talk gets a new right and says again that they are ready.
                tellRight(socket, session, role);
                return;
            }
            if (room.readyWith(role) && session.patient().admission().mayTalk()) {
                var name = ids.token();
                room.begin(name);
                for (var side : ParticipantRole.values()) {
                    // One named offerer: forced glare never connected in 16 of 83 first offers, this in none of 59.
                    room.socketOf(side)
                            .ifPresent(each -> each.send(Words.start(name, side == ParticipantRole.HOST)));
                }
            }
        });
    }

    /** Picture and sound arrive: this side has the connection, which after a restart of the server only the browsers know. */
    void connected(LiveConnection socket, UUID sessionId, ParticipantRole role, String connection) {
        inRoom(sessionId, room -> {
            if (!room.has(role, socket)) {
                return;
            }
            var session = role == ParticipantRole.PATIENT
                    ? change(room, sessionId, found -> found.on(AdmissionEvent.CONNECTED, clock.instant()))
                    : read(sessionId);
            if (role == ParticipantRole.PATIENT) {
                tellPatient(room, session);
            }
            if (session.patient().admission().mayTalk()) {
                room.keep(role, connection);
            }
        });
    }

    /** Passes the signal on when it belongs to the present connection, which there is only while the patient may talk. */
    void signal(LiveConnection socket, UUID sessionId, ParticipantRole from, LiveMessage.Signal signal) {
        inRoom(sessionId, room -> room.wayFrom(socket, from, signal.connection())
                .ifPresent(to -> Words.signal(signal, rights.areRelayed()).ifPresent(to::send)));
    }

    // ---- What is told ----

    private static void sit(Room room, ParticipantRole role, LiveConnection socket) {
        room.sit(role, socket).ifPresent(older -> older.close(CloseCode.REPLACED));
        socket.send(Words.joined(role.name()));
    }

    private void tellPatient(Room room, VideoSession session) {
        room.socketOf(ParticipantRole.PATIENT)
                .ifPresent(socket -> socket
                        .send(Words.state(session, watchers.before(session), clock.instant())));
    }

    private void tellRight(LiveConnection socket, VideoSession session, ParticipantRole role) {
        socket.send(Words.admitted(rights.issue(session, role)));
    }

    /** Tells each side whether the other one is there. */
    private static void tellPresence(Room room) {
        for (var side : ParticipantRole.values()) {
            tellPeer(room, side, room.socketOf(side.other()).isPresent());
        }
    }

    private static void tellPeer(Room room, ParticipantRole told, boolean present) {
        room.socketOf(told).ifPresent(socket -> socket.send(Words.peer(present)));
    }

    // ---- Reading and changing ----

    private void step(UUID sessionId, UnaryOperator<VideoSession> step) {
        inRoom(sessionId, room -> tellPatient(room, change(room, sessionId, step)));
    }

    private VideoSession change(Room room, UUID sessionId, UnaryOperator<VideoSession> step) {
        var entry = AuditEntry.of(AuditAction.CHANGE, "VideoSession", sessionId.toString());
        var changed = database.inTransaction(entry, tx -> {
            var after = step.apply(found(tx, sessionId));
            store.update(tx, after);
            return after;
        });
        room.follow(changed.patient().admission());
        watchers.tell(changed.hostId());
        return changed;
    }

    private VideoSession read(UUID sessionId) {
        return database.inTransaction(AuditEntry.read("VideoSession", sessionId.toString()),
                tx -> found(tx, sessionId));
    }

    private VideoSession found(Transaction tx, UUID sessionId) {
        return store.find(tx, sessionId).orElseThrow(ProblemException::notFound);
    }

    /** The session, when its patient is still the one whom the ticket names: the link may be withdrawn since. */
    private static VideoSession same(TicketHolder.Patient patient, VideoSession session) {
        if (!session.patient().id().equals(patient.participantId())) {
            throw ProblemException.notFound();
        }
        return session;
    }

    /** The session of the participant, when this practitioner hosts it. */
    private UUID hosted(String staffId, String participant) {
        return database
                .inTransaction(AuditEntry.read("Participant", participant),
                        tx -> store.findByPseudonym(tx, participant))
                .filter(session -> session.hostId().equals(staffId))
                .map(VideoSession::id)
                .orElseThrow(ProblemException::notFound);
    }

    private void inRoom(UUID sessionId, Consumer<Room> act) {
        rooms.in(context.tenant().id(), sessionId, act);
    }
}

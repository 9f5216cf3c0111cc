// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.ticket.TicketHolder;

/** Who waits, and what the host does with them. */
@Dependent
final class WaitingRoom {

    private final OpenRooms rooms;
    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final MediaRights rights;
    private final Clock clock;

    @Inject
    WaitingRoom(OpenRooms rooms, TenantDatabase database, VideoSessionStore store, MediaRights rights, Clock clock) {
        this.rooms = rooms;
        this.database = database;
        this.store = store;
        this.rights = rights;
        this.clock = clock;
    }

    /** Gives a patient who is at the device check, and nobody else, what they need to try the relay. */
    void tryRelay(LiveConnection socket, TicketHolder.Guest patient) {
        var entry = AuditEntry.of(AuditAction.CREATE, "RelayTrial", patient.participantId().toString());
        var admission = database.inTransaction(entry,
                tx -> OpenRooms.same(patient, rooms.found(tx, patient.sessionId())).patient().admission());
        if (admission == Admission.CHECKING) {
            rights.relayToTry(patient.participantId()).ifPresent(relay -> socket.send(Words.relay(relay)));
        }
    }

    void knock(TicketHolder.Guest patient, LiveMessage.Knock knock) {
        step(patient.sessionId(), found -> OpenRooms.same(patient, found)
                .on(found.patient().checked(knock.devices()), AdmissionEvent.KNOCKED, clock.instant()));
    }

    void leave(TicketHolder.Guest patient) {
        rooms.in(patient.sessionId(), room -> {
            rooms.tell(room, rooms.change(room, patient.sessionId(),
                    found -> OpenRooms.same(patient, found).on(found.patient(), AdmissionEvent.LEFT, clock.instant())));
            OpenRooms.tellPeer(room, ParticipantRole.HOST, false);
        });
    }

    void admit(String staffId, String participant) {
        var sessionId = hosted(staffId, participant);
        rooms.in(sessionId, room -> {
            var session = rooms.change(room, sessionId,
                    found -> found.letIn(found.patient(), staffId, clock.instant()));
            rooms.tell(room, session);
            if (session.patient().admission().mayTalk()) {
                room.socketOf(ParticipantRole.PATIENT)
                        .ifPresent(socket -> rooms.tellRight(socket, session, ParticipantRole.PATIENT));
            }
        });
    }

    void hold(String staffId, String participant, Optional<String> message) {
        step(hosted(staffId, participant), found -> {
            var held = found.on(found.patient(), AdmissionEvent.ASKED_TO_WAIT, clock.instant());
            return held.patient().admission().isWaiting()
                    ? held.with(held.patient().told(message, clock.instant()))
                    : held;
        });
    }

    /** Out of the conversation and into the waiting room, at the place that they had. */
    void back(String staffId, String participant) {
        step(hosted(staffId, participant),
                found -> found.on(found.patient(), AdmissionEvent.ASKED_BACK, clock.instant()));
    }

    void deny(String staffId, String participant) {
        var sessionId = hosted(staffId, participant);
        rooms.in(sessionId, room -> {
            var session = rooms.change(room, sessionId,
                    found -> found.on(found.patient(), AdmissionEvent.TURNED_AWAY, clock.instant()));
            rooms.tell(room, session);
            if (session.patient().admission().isOver()) {
                room.socketOf(ParticipantRole.PATIENT).ifPresent(socket -> socket.close(CloseCode.DENIED));
            }
        });
    }

    private void step(UUID sessionId, UnaryOperator<VideoSession> step) {
        rooms.in(sessionId, room -> rooms.tell(room, rooms.change(room, sessionId, step)));
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
}

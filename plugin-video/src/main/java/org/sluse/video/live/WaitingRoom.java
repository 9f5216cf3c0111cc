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
import org.sluse.live.LiveConnection;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.Participant;
import org.sluse.video.provider.NoRoomException;
import org.sluse.video.provider.ProviderRooms;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.ticket.TicketHolder;

/** Who waits, and what those who lead do with them: the host, and co-hosts who are in. */
@Dependent
final class WaitingRoom {

    private final OpenRooms rooms;
    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final MediaRights rights;
    private final ProviderRooms places;
    private final Clock clock;

    @Inject
    WaitingRoom(OpenRooms rooms, TenantDatabase database, VideoSessionStore store, MediaRights rights,
            ProviderRooms places, Clock clock) {
        this.rooms = rooms;
        this.database = database;
        this.store = store;
        this.rights = rights;
        this.places = places;
        this.clock = clock;
    }

    // ---- What a guest does ----

    /** Gives somebody who is at the device check, and nobody else, what they need to try the relay. */
    void tryRelay(LiveConnection socket, TicketHolder.Guest guest) {
        var entry = AuditEntry.of(AuditAction.CREATE, "RelayTrial", guest.participantId().toString());
        var admission = database.inTransaction(entry,
                tx -> rooms.found(tx, guest.sessionId()).get(guest.participantId()).admission());
        if (admission == Admission.CHECKING) {
            rights.relayToTry(guest.participantId()).ifPresent(relay -> socket.send(Words.relay(relay)));
        }
    }

    void knock(TicketHolder.Guest guest, LiveMessage.Knock knock) {
        ofGuest(guest, who -> who.checked(knock.devices()).on(AdmissionEvent.KNOCKED, clock.instant()));
    }

    void leave(TicketHolder.Guest guest) {
        ofGuest(guest, who -> who.on(AdmissionEvent.LEFT, clock.instant()));
    }

    private void ofGuest(TicketHolder.Guest guest, UnaryOperator<Participant> step) {
        rooms.in(guest.sessionId(), room -> {
            var session = rooms.change(room, guest.sessionId(),
                    found -> found.with(step.apply(found.get(guest.participantId()))));
            rooms.tell(room, session, session.get(guest.participantId()).inRoom());
        });
    }

    // ---- What is done with them ----

    /** @param asking is told when it was not this practitioner who let them in */
    void admit(LiveConnection asking, String staffId, String inRoom) {
        var sessionId = led(staffId, inRoom);
        rooms.in(sessionId, room -> {
            var isFirst = false;
            try {
                isFirst = hasNewRoom(rooms.read(sessionId), inRoom);
            } catch (NoRoomException none) {
                asking.send(Words.missed(inRoom, none.why()));
                return;
            }
            var session = rooms.change(room, sessionId,
                    found -> found.letIn(found.get(inRoom), staffId, clock.instant()));
            rooms.tell(room, session, inRoom);
            var who = session.get(inRoom);
            if (who.admission().mayTalk()) {
                room.socketOf(inRoom).ifPresent(socket -> rooms.tellRight(socket, session, inRoom));
                if (isFirst) {
                    tellOthers(room, session, inRoom);
                }
                who.letInBy()
                        .filter(by -> !by.equals(staffId))
                        .ifPresent(by -> asking.send(Words.missed(inRoom, rights.nameOf(by))));
            } else if (session.isFull()) {
                asking.send(Words.full(inRoom));
            }
        });
    }

    /**
     * Sees to it that whoever is to be let in has somewhere to go; no transaction is open meanwhile, since it may be asked of a provider.
     *
     * @return whether there was no room before, and there is one now that the others who are in have to be told of
     */
    private boolean hasNewRoom(VideoSession session, String inRoom) {
        if (!session.canLetIn(session.get(inRoom))) {
            return false;
        }
        var isNew = places.find(session.id()).isEmpty();
        return places.of(session.id(), session.latestEnd()).isFramed() && isNew;
    }

    private void tellOthers(Room room, VideoSession session, String but) {
        room.present()
                .stream()
                .filter(who -> session.mayTalk(who) && !who.equals(but))
                .forEach(who -> room.socketOf(who).ifPresent(socket -> rooms.tellRight(socket, session, who)));
    }

    void hold(String staffId, String inRoom, Optional<String> message) {
        ofLed(staffId, inRoom, who -> {
            var held = who.on(AdmissionEvent.ASKED_TO_WAIT, clock.instant());
            return held.admission().isWaiting() ? held.told(message, clock.instant()) : held;
        });
    }

    /** Out of the conversation and into the waiting room, at the place that they had. */
    void back(String staffId, String inRoom) {
        ofLed(staffId, inRoom, who -> who.on(AdmissionEvent.ASKED_BACK, clock.instant()));
    }

    void deny(String staffId, String inRoom) {
        var sessionId = led(staffId, inRoom);
        rooms.in(sessionId, room -> rooms.sendAway(room, rooms.change(room, sessionId,
                found -> found.on(found.get(inRoom), AdmissionEvent.TURNED_AWAY, clock.instant())), inRoom));
    }

    private void ofLed(String staffId, String inRoom, UnaryOperator<Participant> step) {
        var sessionId = led(staffId, inRoom);
        rooms.in(sessionId, room -> rooms.tell(room,
                rooms.change(room, sessionId, found -> found.with(step.apply(found.get(inRoom)))), inRoom));
    }

    /** The session of the participant, when this practitioner leads it. */
    private UUID led(String staffId, String inRoom) {
        return database.inTransaction(AuditEntry.read("Participant", inRoom), tx -> store.findByPseudonym(tx, inRoom))
                .filter(session -> session.isLedBy(staffId))
                .map(VideoSession::id)
                .orElseThrow(ProblemException::notFound);
    }
}

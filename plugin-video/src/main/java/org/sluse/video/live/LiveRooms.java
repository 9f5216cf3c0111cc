// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.id.Ids;
import org.sluse.live.CloseCode;
import org.sluse.live.LiveConnection;
import org.sluse.problem.ProblemException;
import org.sluse.settings.Settings;
import org.sluse.tenant.TenantContext;
import org.sluse.tenant.TenantId;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.JoinToken;
import org.sluse.video.admission.Participant.Message;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.admission.TurnCredential;
import org.sluse.video.session.SessionListener;
import org.sluse.video.session.SessionState;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.ticket.TicketHolder;

/**
 * What happens in the rooms of this node. The truth about admission is in the database; here are the open sockets. Everything that
 * happens to one session, its messages included, is done under the room's lock, so that nobody is told an older state after a newer one.
 */
@ApplicationScoped
public class LiveRooms implements SessionListener {

    private static final Duration SHORTEST_RELAY_RIGHT = Duration.ofHours(1);

    @Inject
    TenantDatabase database;
    @Inject
    VideoSessionStore store;
    @Inject
    SigningKeys keys;
    @Inject
    Settings<VideoSettings> settings;
    @Inject
    Staff staff;
    @Inject
    TenantContext context;
    @Inject
    Ids ids;
    @Inject
    Clock clock;

    private final Map<Place, Room> rooms = new ConcurrentHashMap<>();
    private final Map<LiveConnection, Watcher> watchers = new ConcurrentHashMap<>();

    /** A session of a tenant; ids alone might be equal in two clinics. */
    private record Place(TenantId tenant, UUID session) {}

    /** A practitioner's socket that is told who waits. */
    private record Watcher(TenantId tenant, String staffId) {}

    // ---- Coming and going ----

    void watch(LiveConnection socket, String staffId) {
        watchers.put(socket, new Watcher(tenant(), staffId));
        socket.send(json("joined").add("as", "TODAY").build().toString());
        tellWaiting(staffId);
    }

    void hostJoined(LiveConnection socket, UUID sessionId, String staffId) {
        inRoom(sessionId, room -> {
            var session = read(sessionId);
            if (session.state().isOver() || !session.hostId().equals(staffId)) {
                throw ProblemException.notFound();
            }
            room.sit(ParticipantRole.HOST, socket).ifPresent(older -> older.close(CloseCode.REPLACED));
            watchers.put(socket, new Watcher(tenant(), staffId));
            socket.send(json("joined").add("as", "HOST").build().toString());
            tellRight(socket, session, ParticipantRole.HOST);
            tellPeer(room, ParticipantRole.PATIENT, true);
            tellPeer(room, ParticipantRole.HOST, room.socketOf(ParticipantRole.PATIENT).isPresent());
        });
        tellWaiting(staffId);
    }

    void patientJoined(LiveConnection socket, TicketHolder.Patient patient) {
        inRoom(patient.sessionId(), room -> {
            var session = change(patient.sessionId(), found -> {
                // The ticket may have come by a link that is withdrawn since.
                if (!found.patient().id().equals(patient.participantId()) || found.patient().admission().isOver()) {
                    throw ProblemException.notFound();
                }
                return found.on(AdmissionEvent.ARRIVED, clock.instant());
            });
            room.sit(ParticipantRole.PATIENT, socket).ifPresent(older -> older.close(CloseCode.REPLACED));
            socket.send(json("joined").add("as", "PATIENT").build().toString());
            tellPatient(room, session);
            if (session.patient().admission().mayTalk()) {
                tellRight(socket, session, ParticipantRole.PATIENT);
            }
            tellPeer(room, ParticipantRole.HOST, true);
            tellPeer(room, ParticipantRole.PATIENT, room.socketOf(ParticipantRole.HOST).isPresent());
        });
    }

    void gone(LiveConnection socket, UUID sessionId, ParticipantRole role) {
        watchers.remove(socket);
        inRoom(sessionId, room -> {
            if (!room.stand(role, socket)) {
                return;
            }
            tellPeer(room, other(role), false);
            if (role == ParticipantRole.PATIENT) {
                change(sessionId, found -> found.on(AdmissionEvent.LOST, clock.instant()));
            }
        });
    }

    void unwatch(LiveConnection socket) {
        watchers.remove(socket);
    }

    // ---- The waiting room ----

    void knock(UUID sessionId, LiveMessage.Knock knock) {
        patient(sessionId, found -> found.with(found.patient().checked(knock.devices()))
                .on(AdmissionEvent.KNOCKED, clock.instant()));
    }

    void leave(UUID sessionId) {
        inRoom(sessionId, room -> {
            room.part();
            tellPatient(room, change(sessionId, found -> found.on(AdmissionEvent.LEFT, clock.instant())));
            tellPeer(room, ParticipantRole.HOST, false);
        });
    }

    void admit(String staffId, String participant) {
        var sessionId = hosted(staffId, participant);
        inRoom(sessionId, room -> {
            var session = change(sessionId, found -> found.on(AdmissionEvent.LET_IN, clock.instant()));
            tellPatient(room, session);
            if (session.patient().admission().mayTalk()) {
                room.socketOf(ParticipantRole.PATIENT)
                        .ifPresent(socket -> tellRight(socket, session, ParticipantRole.PATIENT));
            }
        });
    }

    void hold(String staffId, String participant, String message) {
        patient(hosted(staffId, participant), found -> {
            var held = found.on(AdmissionEvent.ASKED_TO_WAIT, clock.instant());
            return held.patient().admission().isWaiting()
                    ? held.with(held.patient().told(message.strip(), clock.instant()))
                    : held;
        });
    }

    void deny(String staffId, String participant) {
        var sessionId = hosted(staffId, participant);
        inRoom(sessionId, room -> {
            room.part();
            var session = change(sessionId, found -> found.on(AdmissionEvent.TURNED_AWAY, clock.instant()));
            tellPatient(room, session);
            if (session.patient().admission().isOver()) {
                room.socketOf(ParticipantRole.PATIENT).ifPresent(socket -> socket.close(CloseCode.DENIED));
            }
        });
    }

    void end(UUID sessionId) {
        over(change(sessionId,
                found -> found.state().isOver() ? found : found.over(SessionState.ENDED, clock.instant())));
    }

    @Override
    public void over(VideoSession session) {
        inRoom(session.id(), room -> {
            room.part();
            tellPatient(room, session);
            room.socketOf(ParticipantRole.PATIENT).ifPresent(socket -> socket.close(CloseCode.ENDED));
            room.socketOf(ParticipantRole.HOST).ifPresent(socket -> socket.close(CloseCode.ENDED));
        });
        tellWaiting(session.hostId());
    }

    @Override
    public void invitedAgain(VideoSession session) {
        inRoom(session.id(), room -> {
            room.part();
            room.socketOf(ParticipantRole.PATIENT).ifPresent(socket -> socket.close(CloseCode.LINK_WITHDRAWN));
        });
        tellWaiting(session.hostId());
    }

    /** Everybody is at the beginning again; the host of the sockets closes them. */
    public void switchedOff() {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "VideoSession", "*"), tx -> {
            var sessions = store.underWay(tx);
            sessions.forEach(session -> store.update(tx, session.on(AdmissionEvent.SWITCHED_OFF, clock.instant())));
            return sessions.size();
        });
        rooms.keySet().removeIf(place -> place.tenant().equals(tenant()));
        watchers.values().removeIf(watcher -> watcher.tenant().equals(tenant()));
    }

    // ---- The call ----

    void ready(LiveConnection socket, UUID sessionId, ParticipantRole role, String token) {
        inRoom(sessionId, room -> {
            var session = read(sessionId);
            if (role == ParticipantRole.PATIENT && !session.patient().admission().mayTalk()) {
                return;
            }
            if (!JoinToken.isRightOf(token, keys.key(), tenant(), session.room(), inRoom(session, role),
                    clock.instant())) {
                // Most likely too old: whoever may still talk gets a new right and says again that they are ready.
                tellRight(socket, session, role);
                return;
            }
            if (room.readyWith(role) && session.patient().admission().mayTalk()) {
                var name = ids.token();
                room.begin(name);
                for (var side : ParticipantRole.values()) {
                    // One named offerer: forced glare never connected in 16 of 83 first offers, this in none of 59.
                    var start = json("start").add("connection", name)
                            .add("offerer", side == ParticipantRole.HOST)
                            .build()
                            .toString();
                    room.socketOf(side).ifPresent(each -> each.send(start));
                }
            }
        });
    }

    void connected(UUID sessionId, ParticipantRole role, String connection) {
        inRoom(sessionId, room -> {
            if (role == ParticipantRole.PATIENT) {
                var session = change(sessionId, found -> found.on(AdmissionEvent.CONNECTED, clock.instant()));
                tellPatient(room, session);
                if (!session.patient().admission().mayTalk()) {
                    return;
                }
            }
            room.keep(role, connection);
        });
    }

    void signal(UUID sessionId, ParticipantRole from, LiveMessage.Signal signal) {
        inRoom(sessionId, room -> {
            if (room.isPresent(signal.connection())) {
                room.socketOf(other(from)).ifPresent(socket -> passOn(socket, signal, settings.get().isRelayed()));
            }
        });
    }

    private static void passOn(LiveConnection socket, LiveMessage.Signal signal, boolean relayed) {
        var type = signal.kind().name().toLowerCase(Locale.ROOT);
        if (signal.kind() != LiveMessage.Signal.Kind.CANDIDATE) {
            socket.send(json(type).add("connection", signal.connection())
                    .add("sdp", relayed ? RelayOnly.description(signal.payload()) : signal.payload())
                    .build()
                    .toString());
        } else if (!relayed || RelayOnly.mayPass(signal.payload())) {
            var message = json(type).add("connection", signal.connection())
                    .add("candidate", relayed ? RelayOnly.candidate(signal.payload()) : signal.payload());
            signal.mid().ifPresent(mid -> message.add("sdpMid", mid));
            signal.line().ifPresent(line -> message.add("sdpMLineIndex", line));
            socket.send(message.build().toString());
        }
    }

    // ---- What is told ----

    private void tellPatient(Room room, VideoSession session) {
        room.socketOf(ParticipantRole.PATIENT).ifPresent(socket -> {
            var patient = session.patient();
            var state = json("state").add("state", patient.admission().name())
                    .add("session", session.state().name())
                    .add("startsAt", session.startsAt().toString())
                    .add("now", clock.instant().toString())
                    .add("before", before(session));
            patient.message().ifPresent(message -> state.add("message", message(message)));
            socket.send(state.build().toString());
        });
    }

    /** How many of the same host's patients have waited longer. */
    private int before(VideoSession session) {
        if (!session.patient().admission().isWaiting()) {
            return 0;
        }
        var waiting = waitingOf(session.hostId()).stream()
                .filter(each -> each.patient().admission().isWaiting())
                .map(VideoSession::id)
                .toList();
        return Math.max(0, waiting.indexOf(session.id()));
    }

    private void tellRight(LiveConnection socket, VideoSession session, ParticipantRole role) {
        var now = settings.get();
        var host = staff.find(session.hostId())
                .map(Staff.Member::name)
                .filter(name -> DisplayName.refusal(name).isEmpty());
        var name = role == ParticipantRole.PATIENT
                ? session.patient().displayName()
                : new DisplayName(host.orElse("Host"));
        var token = new JoinToken(tenant(), inRoom(session, role), session.room(), role, name,
                clock.instant().plusSeconds(now.joinTokenTtlSeconds()), ids.token());
        var servers = Json.createArrayBuilder();
        now.turnSecret().filter(secret -> now.isRelayed()).ifPresent(secret -> {
            var latest = clock.instant().plus(SHORTEST_RELAY_RIGHT);
            var until = session.closesAt().isAfter(latest) ? session.closesAt() : latest;
            var credential = TurnCredential.until(until, ids.token(), secret);
            servers.add(Json.createObjectBuilder()
                    .add("urls", Json.createArrayBuilder(now.relays()))
                    .add("username", credential.username())
                    .add("credential", credential.credential()));
        });
        socket.send(json("admitted").add("token", token.signed(keys.key()))
                .add("relayed", now.isRelayed())
                .add("iceServers", servers)
                .add("with", role == ParticipantRole.HOST ? session.patient().displayName().value() : host.orElse(""))
                .build()
                .toString());
    }

    private static void tellPeer(Room room, ParticipantRole told, boolean present) {
        room.socketOf(told).ifPresent(socket -> socket.send(json("peer").add("present", present).build().toString()));
    }

    private void tellWaiting(String staffId) {
        var me = new Watcher(tenant(), staffId);
        var sockets = watchers.entrySet()
                .stream()
                .filter(entry -> entry.getValue().equals(me))
                .map(Map.Entry::getKey)
                .toList();
        if (sockets.isEmpty()) {
            return;
        }
        var people = Json.createArrayBuilder();
        for (var session : waitingOf(staffId)) {
            var patient = session.patient();
            var person = Json.createObjectBuilder()
                    .add("participant", patient.inRoom())
                    .add("session", session.id().toString())
                    .add("patientLabel", session.patientLabel())
                    .add("displayName", patient.displayName().value())
                    .add("startsAt", session.startsAt().toString())
                    .add("state", patient.admission().name());
            patient.waitingSince().ifPresent(since -> person.add("waitingSince", since.toString()));
            patient.message().ifPresent(message -> person.add("message", message(message)));
            patient.devices()
                    .ifPresent(found -> person.add("camera", found.camera().name())
                            .add("microphone", found.microphone().name())
                            .add("connection", found.connection().name()));
            people.add(person);
        }
        var waiting = json("waiting").add("people", people).add("now", clock.instant().toString()).build().toString();
        sockets.forEach(socket -> socket.send(waiting));
    }

    private static JsonObjectBuilder message(Message message) {
        return Json.createObjectBuilder().add("text", message.text()).add("at", message.at().toString());
    }

    private static JsonObjectBuilder json(String type) {
        return Json.createObjectBuilder().add("type", type);
    }

    // ---- Reading and changing ----

    private void patient(UUID sessionId, UnaryOperator<VideoSession> step) {
        inRoom(sessionId, room -> tellPatient(room, change(sessionId, step)));
    }

    private VideoSession change(UUID sessionId, UnaryOperator<VideoSession> step) {
        var entry = AuditEntry.of(AuditAction.CHANGE, "VideoSession", sessionId.toString());
        var changed = database.inTransaction(entry, tx -> {
            var after = step.apply(found(tx, sessionId));
            store.update(tx, after);
            return after;
        });
        tellWaiting(changed.hostId());
        return changed;
    }

    private VideoSession read(UUID sessionId) {
        return database.inTransaction(AuditEntry.read("VideoSession", sessionId.toString()),
                tx -> found(tx, sessionId));
    }

    private VideoSession found(Transaction tx, UUID sessionId) {
        return store.find(tx, sessionId).orElseThrow(ProblemException::notFound);
    }

    private List<VideoSession> waitingOf(String staffId) {
        return database.inTransaction(AuditEntry.list("VideoSession"), tx -> store.presentOf(tx, staffId));
    }

    /** The session of the participant, when this practitioner hosts it. */
    private UUID hosted(String staffId, String participant) {
        return database
                .inTransaction(AuditEntry.read("VideoSession", "*"), tx -> store.findByPseudonym(tx, participant))
                .filter(session -> session.hostId().equals(staffId))
                .map(VideoSession::id)
                .orElseThrow(ProblemException::notFound);
    }

    private void inRoom(UUID sessionId, Consumer<Room> act) {
        var place = new Place(tenant(), sessionId);
        while (true) {
            var room = rooms.computeIfAbsent(place, key -> new Room());
            synchronized (room) {
                if (rooms.get(place) != room) {
                    // Emptied and taken out while this thread waited for it.
                    continue;
                }
                try {
                    act.accept(room);
                } finally {
                    if (room.isEmpty()) {
                        rooms.remove(place, room);
                    } else {
                        rooms.putIfAbsent(place, room);
                    }
                }
                return;
            }
        }
    }

    private TenantId tenant() {
        return context.tenant().id();
    }

    private static String inRoom(VideoSession session, ParticipantRole role) {
        return role == ParticipantRole.HOST ? session.hostInRoom() : session.patient().inRoom();
    }

    private static ParticipantRole other(ParticipantRole role) {
        return role == ParticipantRole.HOST ? ParticipantRole.PATIENT : ParticipantRole.HOST;
    }
}

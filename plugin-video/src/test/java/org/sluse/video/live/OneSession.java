// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditEntry;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.LinksByHand;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.SecretsByHand;
import org.sluse.testkit.TestDatabase;
import org.sluse.video.admission.Participant;
import org.sluse.video.provider.ProviderRooms;
import org.sluse.video.provider.TestRooms;
import org.sluse.video.provider.whereby.WherebyByHand;
import org.sluse.video.quality.ExperienceStore;
import org.sluse.video.quality.Experiences;
import org.sluse.video.session.InviteParticipant;
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.session.SessionView;
import org.sluse.video.session.Stores;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.session.VideoSessions;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.ticket.Tickets;

/** A patient who waits and a host who is there, at one session, on a real database. */
abstract class OneSession {

    static final String KNOCK = """
            {"type":"knock","camera":"WORKING","microphone":"WORKING","connection":"GOOD"}""";

    final TestDatabase database = TestDatabase.with("video");
    final KnownTenant tenant = new KnownTenant();
    final SecretsByHand secrets = new SecretsByHand(tenant);
    final ManualClock clock = new ManualClock();
    final KnownIds ids = new KnownIds();
    final VideoSessionStore store = Stores.inPostgres();
    final ExperienceStore experiences = Experiences.inPostgres();
    final Tickets tickets = new Tickets(database, store, tenant, ids, clock);
    final RememberingSocket patient = new RememberingSocket();
    final RememberingSocket host = new RememberingSocket();
    VideoLiveHandler handler = new VideoLiveHandler();
    LiveRooms rooms = new LiveRooms();
    /** Told on the one node that there is. */
    final RoomNews news = new RoomNews(text -> handler.told(text));
    final List<String> woken = new ArrayList<>();
    final LinksByHand links = new LinksByHand();
    VideoSessions sessions = new VideoSessions(database, store, experiences, links, tenant, ids, clock, news,
            woken::add, new Colleagues());
    VideoSettings settings = TestSettings.none().get();
    final WherebyByHand whereby = new WherebyByHand();
    final ProviderRooms places = TestRooms.of(database, () -> settings, ids, secrets, woken::add,
            whereby.provider(ids, clock));
    SessionView session;

    @BeforeEach
    void a_session_with_both_there() {
        start();
        session = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 4", "Kari"));
        handler.joined(patient, join(patientTicket()));
        handler.received(patient, KNOCK);
        handler.joined(host, join(tickets.forDesk(session.id()).ticket()));
    }

    void admit() {
        handler.received(host, "{\"type\":\"admit\",\"participant\":\"" + session.participant() + "\"}");
    }

    String participantId() {
        return database.inTransaction(AuditEntry.read("VideoSession", session.id().toString()),
                tx -> store.find(tx, session.id()).orElseThrow().patient().id().toString());
    }

    String patientTicket() {
        return patientTicket(session);
    }

    private String patientTicket(SessionView of) {
        return ticket(of, VideoSession::patient);
    }

    private String ticket(SessionView of, Function<VideoSession, Participant> whom) {
        return database.inTransaction(AuditEntry.list("Ticket"), tx -> {
            var found = store.find(tx, of.id()).orElseThrow();
            return tickets.forGuest(tx, found, whom.apply(found));
        }).ticket();
    }

    /** One more of the clinic's words, with a link of their own; answers their pseudonym. */
    String invite(String role, String label, String name) {
        return sessions.invite(session.id(), new InviteParticipant(role, label, name, null))
                .people()
                .getLast()
                .participant();
    }

    /** Their page opens, and goes on to the waiting room. */
    RememberingSocket waits(String inRoom) {
        var socket = opens(inRoom);
        handler.received(socket, KNOCK);
        return socket;
    }

    RememberingSocket opens(String inRoom) {
        var socket = new RememberingSocket();
        handler.joined(socket, join(ticket(session, found -> found.get(inRoom))));
        return socket;
    }

    /** The other practitioner, invited as a co-host, opens the session's page and waits. */
    RememberingSocket coHostWaits() {
        sessions.invite(session.id(), new InviteParticipant("CO_HOST", null, null, "practitioner-2"));
        tenant.actingAs(KnownTenant.practitioner("practitioner-2"));
        var socket = new RememberingSocket();
        handler.joined(socket, join(tickets.forDesk(session.id()).ticket()));
        handler.received(socket, KNOCK);
        tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        return socket;
    }

    String inRoomOf(String role) {
        return sessions.get(session.id())
                .people()
                .stream()
                .filter(each -> each.role().name().equals(role))
                .findFirst()
                .orElseThrow()
                .participant();
    }

    /** The host's pseudonym, as everybody who is in reads it. */
    String hostInRoom() {
        return database.inTransaction(AuditEntry.read("VideoSession", session.id().toString()),
                tx -> store.find(tx, session.id()).orElseThrow().hostInRoom());
    }

    /** The host says something about somebody. */
    void says(String type, String inRoom) {
        handler.received(host, "{\"type\":\"" + type + "\",\"participant\":\"" + inRoom + "\"}");
    }

    void ready(RememberingSocket socket) {
        handler.received(socket, "{\"type\":\"ready\",\"token\":\"" + token(socket) + "\"}");
    }

    void offers(RememberingSocket from, String to, String connection, String sdp) {
        handler.received(from, "{\"type\":\"offer\",\"peer\":\"" + to + "\",\"connection\":\"" + connection
                + "\",\"sdp\":\"" + sdp + "\"}");
    }

    void connected(RememberingSocket who, String to, String connection) {
        handler.received(who, "{\"type\":\"connected\",\"peer\":\"" + to + "\",\"connection\":\"" + connection
                + "\"}");
    }

    static String connection(RememberingSocket socket) {
        return socket.last("start").replaceAll(".*\"connection\":\"([^\"]+)\".*", "$1");
    }

    /** The patient's page opens. */
    RememberingSocket opens(SessionView of) {
        var socket = new RememberingSocket();
        handler.joined(socket, join(patientTicket(of)));
        return socket;
    }

    /** The patient's page opens, and goes on to the waiting room. */
    RememberingSocket waits(SessionView of) {
        var socket = opens(of);
        handler.received(socket, KNOCK);
        return socket;
    }

    static String token(RememberingSocket socket) {
        return socket.last("admitted").replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    static String join(String ticket) {
        return "{\"type\":\"join\",\"ticket\":\"" + ticket + "\"}";
    }

    /** The server begins anew: nothing is left but the database. */
    void start() {
        var rights = new MediaRights(new SigningKeys(database, secrets), places, () -> settings, new Colleagues(),
                tenant,
                ids, clock);
        rooms = new LiveRooms();
        rooms.database = database;
        rooms.store = store;
        rooms.queues = new Queues(database, store, tenant, clock);
        rooms.rooms = new OpenRooms(database, store, rights, rooms.queues, tenant, clock);
        rooms.waiting = new WaitingRoom(rooms.rooms, database, store, rights, places, clock);
        rooms.calls = new Calls(rooms.rooms, database, experiences, rights, ids, clock);
        rooms.places = places;
        rooms.clock = clock;
        handler = new VideoLiveHandler();
        handler.tickets = tickets;
        handler.rooms = rooms;
        sessions = new VideoSessions(database, store, experiences, links, tenant, ids, clock, news, woken::add,
                new Colleagues());
    }

    private static final class Colleagues implements Staff {

        @Override
        public Optional<Member> find(String id) {
            return with(Role.PRACTITIONER).stream().filter(each -> each.id().equals(id)).findFirst();
        }

        @Override
        public List<Member> with(Role role) {
            return List.of(new Member("practitioner-1", "Practitioner 1"),
                    new Member("practitioner-2", "Practitioner 2"));
        }
    }
}

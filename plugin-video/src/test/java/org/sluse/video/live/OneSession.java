// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.session.SessionView;
import org.sluse.video.session.Stores;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.session.VideoSessions;
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
    final Tickets tickets = new Tickets(database, store, tenant, ids, clock);
    final RememberingSocket patient = new RememberingSocket();
    final RememberingSocket host = new RememberingSocket();
    VideoLiveHandler handler = new VideoLiveHandler();
    LiveRooms rooms = new LiveRooms();
    final List<String> woken = new ArrayList<>();
    VideoSessions sessions = new VideoSessions(database, store, new LinksByHand(), tenant, ids, clock, rooms,
            woken::add);
    VideoSettings settings = new VideoSettings(Optional.empty(), Optional.empty(), 15, 600, Optional.empty(),
            30);
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
        return database
                .inTransaction(AuditEntry.list("Ticket"),
                        tx -> {
                            var found = store.find(tx, of.id()).orElseThrow();
                            return tickets.forGuest(tx, found, found.patient());
                        })
                .ticket();
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
        var rights = new MediaRights(new SigningKeys(database, secrets), () -> settings, new OnePractitioner(), tenant,
                ids, clock);
        rooms = new LiveRooms();
        rooms.database = database;
        rooms.store = store;
        rooms.queues = new Queues(database, store, tenant, clock);
        rooms.rooms = new OpenRooms(database, store, rights, rooms.queues, tenant, clock);
        rooms.waiting = new WaitingRoom(rooms.rooms, database, store, rights, clock);
        rooms.calls = new Calls(rooms.rooms, rights, ids, clock);
        rooms.clock = clock;
        handler = new VideoLiveHandler();
        handler.tickets = tickets;
        handler.rooms = rooms;
        sessions = new VideoSessions(database, store, new LinksByHand(), tenant, ids, clock, rooms, woken::add);
    }

    private static final class OnePractitioner implements Staff {

        @Override
        public Optional<Member> find(String id) {
            return Optional.of(new Member(id, "Practitioner 1"));
        }

        @Override
        public List<Member> with(Role role) {
            return List.of();
        }
    }
}

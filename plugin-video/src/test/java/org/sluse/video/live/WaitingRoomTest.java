// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditEntry;
import org.sluse.live.CloseCode;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.LinksByHand;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.SecretsByHand;
import org.sluse.testkit.TestDatabase;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.JoinToken;
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.session.SessionView;
import org.sluse.video.session.Stores;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.session.VideoSessions;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.ticket.Tickets;

/** A patient and a host at one session, on a real database. */
class WaitingRoomTest {

    private static final String KNOCK = """
            {"type":"knock","camera":"WORKING","microphone":"WORKING","connection":"GOOD"}""";

    private static final String TRY_RELAY = "{\"type\":\"try-relay\"}";

    private final TestDatabase database = TestDatabase.with("video");
    private final KnownTenant tenant = new KnownTenant();
    private final SecretsByHand secrets = new SecretsByHand(tenant);
    private final ManualClock clock = new ManualClock();
    private final KnownIds ids = new KnownIds();
    private final VideoSessionStore store = Stores.inPostgres();
    private final Tickets tickets = new Tickets(database, store, tenant, ids, clock);
    private final RememberingSocket patient = new RememberingSocket();
    private final RememberingSocket host = new RememberingSocket();
    private VideoLiveHandler handler = new VideoLiveHandler();
    private LiveRooms rooms = new LiveRooms();
    private VideoSessions sessions = new VideoSessions(database, store, new LinksByHand(), tenant, ids, clock, rooms);
    private VideoSettings settings = new VideoSettings(Optional.empty(), Optional.empty(), 15, 600, Optional.empty(),
            30);
    private SessionView session;

    @BeforeEach
    void a_session_with_both_there() {
        start();
        session = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 4", "Kari"));
        handler.joined(patient, join(patientTicket()));
        handler.received(patient,
                KNOCK);
        handler.joined(host, join(tickets.forHost(session.id()).ticket()));
    }

    @Test
    void the_host_sees_who_waits_and_the_patient_gets_the_right_to_media_only_when_let_in() {
        assertThat(host.last("waiting")).contains("Patient 4").contains("\"WAITING\"");
        assertThat(patient.last("admitted")).isEmpty();

        handler.received(host, "{\"type\":\"admit\",\"participant\":\"" + session.participant() + "\"}");

        assertThat(patient.last("state")).contains("\"ADMITTED\"");
        assertThat(patient.last("admitted")).contains("token").doesNotContain("Patient 4");
    }

    @Test
    void the_token_of_no_patient_holds_anything_personal_but_the_display_name() throws ParseException {
        var random = new Random(42);
        for (var i = 0; i < 100; i++) {
            var canaries = List.of("%011d".formatted(random.nextLong(100_000_000_000L)),
                    "+47 4" + random.nextInt(1_000_000, 9_999_999),
                    "p" + random.nextInt(1_000_000) + "@example.org", "19" + random.nextInt(10, 99) + "-02-03");
            session = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, String.join(" ", canaries), "Kari"));
            var socket = new RememberingSocket();
            handler.joined(socket, join(patientTicket()));
            handler.received(socket,
                    KNOCK);

            admit();

            var claims = SignedJWT.parse(token(socket)).getJWTClaimsSet();
            assertThat(claims.getClaims().keySet()).isEqualTo(JoinToken.CLAIMS);
            assertThat(claims.getClaim("name")).isEqualTo("Kari");
            assertThat(claims.toString()).doesNotContain(canaries).doesNotContain(session.id().toString());
            assertThat(String.join("", socket.heard)).doesNotContain(canaries);
            // The label does arrive where it may: the host's own list.
            assertThat(host.last("waiting")).contains(canaries);
        }
    }

    @Test
    void both_ready_begins_a_connection_that_the_host_offers_and_signals_of_it_pass() {
        admit();
        handler.received(patient, "{\"type\":\"ready\",\"token\":\"" + token(patient) + "\"}");
        handler.received(host, "{\"type\":\"ready\",\"token\":\"" + token(host) + "\"}");
        assertThat(host.last("start")).contains("\"offerer\":true");
        assertThat(patient.last("start")).contains("\"offerer\":false");

        var connection = host.last("start").replaceAll(".*\"connection\":\"([^\"]+)\".*", "$1");
        handler.received(host, "{\"type\":\"offer\",\"connection\":\"" + connection + "\",\"sdp\":\"v=0\"}");
        handler.received(host, "{\"type\":\"offer\",\"connection\":\"another\",\"sdp\":\"v=1\"}");

        assertThat(patient.last("offer")).contains("v=0");
    }

    @Test
    void at_the_device_check_the_patient_may_try_the_relay_for_a_minute_at_most_and_gets_no_other_right() {
        settings = relayed();
        var checking = anotherPatientAtTheCheck();

        handler.received(checking, TRY_RELAY);

        var user = username(checking);
        assertThat(checking.last("relay")).contains("turn:relay.example:3478");
        assertThat(Long.parseLong(user.split(":")[0]) - ManualClock.NOON.getEpochSecond()).isBetween(30L, 60L);
        assertThat(checking.last("admitted")).isEmpty();
        assertThat(String.join("", checking.heard)).doesNotContain(session.id().toString())
                .doesNotContain(participantId());
    }

    @Test
    void a_patient_who_asks_again_and_again_has_one_right_to_try_the_relay() {
        settings = relayed();
        var checking = anotherPatientAtTheCheck();
        handler.received(checking, TRY_RELAY);
        var first = username(checking);

        clock.advance(Duration.ofSeconds(29));
        handler.received(checking, TRY_RELAY);
        var again = username(checking);
        clock.advance(Duration.ofSeconds(1));
        handler.received(checking, TRY_RELAY);

        assertThat(again).isEqualTo(first);
        assertThat(username(checking)).isNotEqualTo(first);
    }

    @Test
    void what_the_relay_logs_of_somebody_who_tries_it_names_nobody() {
        settings = relayed();
        var one = anotherPatientAtTheCheck();
        handler.received(one, TRY_RELAY);
        var other = anotherPatientAtTheCheck();
        handler.received(other, TRY_RELAY);

        assertThat(username(one)).matches("\\d+:[A-Za-z0-9_-]{22}").isNotEqualTo(username(other));
    }

    @Test
    void whoever_waits_has_no_right_to_try_the_relay_any_more() {
        settings = relayed();

        handler.received(patient, TRY_RELAY);

        assertThat(patient.last("relay")).isEmpty();
    }

    @Test
    void without_a_relay_there_is_none_to_try() {
        var checking = anotherPatientAtTheCheck();

        handler.received(checking, TRY_RELAY);

        assertThat(checking.last("relay")).isEmpty();
    }

    @Test
    void a_host_who_is_there_first_is_connected_once_the_patient_is_let_in_and_again_after_they_left_and_came_back() {
        handler.received(host, "{\"type\":\"ready\",\"token\":\"" + token(host) + "\"}");
        assertThat(host.last("start")).isEmpty();
        admit();
        handler.received(patient, "{\"type\":\"ready\",\"token\":\"" + token(patient) + "\"}");
        var first = host.last("start");
        assertThat(first).contains("\"offerer\":true");

        handler.received(patient, "{\"type\":\"leave\"}");
        handler.closed(patient);
        var again = new RememberingSocket();
        handler.joined(again, join(patientTicket()));
        handler.received(again, KNOCK);
        admit();
        handler.received(again, "{\"type\":\"ready\",\"token\":\"" + token(again) + "\"}");

        assertThat(host.last("start")).contains("\"offerer\":true").isNotEqualTo(first);
    }

    @Test
    void a_patient_who_waits_cannot_name_a_connection_and_reach_the_host_by_it() {
        handler.received(patient, "{\"type\":\"connected\",\"connection\":\"mine\"}");

        handler.received(patient, "{\"type\":\"offer\",\"connection\":\"mine\",\"sdp\":\"v=0\"}");

        assertThat(host.last("offer")).isEmpty();
    }

    @Test
    void a_host_cannot_name_a_connection_and_reach_a_patient_who_waits_by_it() {
        handler.received(host, "{\"type\":\"connected\",\"connection\":\"mine\"}");

        handler.received(host, "{\"type\":\"offer\",\"connection\":\"mine\",\"sdp\":\"v=0\"}");

        assertThat(patient.last("offer")).isEmpty();
    }

    @Test
    void nothing_passes_between_the_two_once_the_patient_has_left() {
        admit();
        handler.received(patient, "{\"type\":\"connected\",\"connection\":\"one\"}");
        handler.received(patient, "{\"type\":\"leave\"}");

        handler.received(host, "{\"type\":\"offer\",\"connection\":\"one\",\"sdp\":\"v=0\"}");
        handler.received(patient, "{\"type\":\"offer\",\"connection\":\"one\",\"sdp\":\"v=0\"}");

        assertThat(patient.last("offer")).isEmpty();
        assertThat(host.last("offer")).isEmpty();
    }

    @Test
    void both_go_on_talking_after_a_restart_of_the_server() {
        admit();
        start();
        var patientAgain = new RememberingSocket();
        var hostAgain = new RememberingSocket();
        handler.joined(patientAgain, join(patientTicket()));
        handler.joined(hostAgain, join(tickets.forHost(session.id()).ticket()));

        handler.received(patientAgain, "{\"type\":\"connected\",\"connection\":\"one\"}");
        handler.received(hostAgain, "{\"type\":\"connected\",\"connection\":\"one\"}");
        handler.received(hostAgain, "{\"type\":\"offer\",\"connection\":\"one\",\"sdp\":\"v=0\"}");

        assertThat(patientAgain.last("offer")).contains("v=0");
    }

    @Test
    void the_audit_trail_names_whom_the_host_looked_up_to_let_them_in() {
        admit();

        assertThat(database.audit()).contains(AuditEntry.read("Participant", session.participant()));
    }

    @Test
    void a_reload_a_cut_and_a_restart_of_the_server_keep_the_place() {
        handler.closed(patient);
        start();
        var again = new RememberingSocket();

        handler.joined(again, join(patientTicket()));

        assertThat(again.last("state")).contains("\"WAITING\"");
    }

    @Test
    void the_newest_socket_wins() {
        var newer = new RememberingSocket();

        handler.joined(newer, join(patientTicket()));
        handler.closed(patient);

        assertThat(patient.closed).contains(CloseCode.REPLACED);
        assertThat(newer.last("state")).contains("\"WAITING\"");
    }

    @Test
    void cancelling_reaches_the_patient() {
        sessions.cancel(session.id());

        assertThat(patient.last("state")).contains("\"CANCELLED\"");
        assertThat(patient.closed).contains(CloseCode.ENDED);
    }

    @Test
    void a_ticket_opens_one_socket() {
        var ticket = patientTicket();
        handler.joined(new RememberingSocket(), join(ticket));

        assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(ticket)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void a_practitioners_ticket_opens_nothing_where_nobody_or_somebody_else_is_signed_in() {
        for (var who : List.of(Actor.anonymous(), KnownTenant.practitioner("practitioner-2"))) {
            tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
            var today = tickets.forToday().ticket();
            var call = tickets.forHost(session.id()).ticket();
            tenant.actingAs(who);

            assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(today)))
                    .isInstanceOf(ProblemException.class);
            assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(call)))
                    .isInstanceOf(ProblemException.class);
        }
        assertThat(host.closed).isEmpty();
    }

    @Test
    void the_audit_trail_knows_the_patient_at_the_socket_by_the_id_that_their_link_has() {
        var actor = handler.joined(new RememberingSocket(), join(patientTicket()));

        assertThat(actor).isEqualTo(Actor.linkHolder(participantId()));
    }

    @Test
    void a_new_link_sends_away_whoever_came_by_the_old_one() {
        admit();

        sessions.inviteAgain(session.id());

        assertThat(patient.closed).contains(CloseCode.LINK_WITHDRAWN);
        assertThat(host.last("waiting")).doesNotContain("Patient 4");
    }

    @Test
    void a_ticket_of_before_the_new_link_opens_nothing() {
        var unspent = patientTicket();

        sessions.inviteAgain(session.id());

        assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(unspent)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void whoever_came_by_the_old_link_does_nothing_more_while_their_socket_closes() {
        sessions.inviteAgain(session.id());

        assertThatThrownBy(() -> handler.received(patient, KNOCK)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> handler.received(patient, "{\"type\":\"leave\"}"))
                .isInstanceOf(ProblemException.class);
        assertThat(sessions.get(session.id()).admission()).isEqualTo(Admission.INVITED);
    }

    @Test
    void whoever_comes_by_the_new_link_has_to_be_let_in_again() {
        admit();
        var before = participantId();
        sessions.inviteAgain(session.id());
        handler.closed(patient);
        var again = new RememberingSocket();

        handler.joined(again, join(patientTicket()));

        assertThat(again.last("state")).contains("\"CHECKING\"");
        assertThat(again.last("admitted")).isEmpty();
        assertThat(participantId()).isNotEqualTo(before);
    }

    @Test
    void another_practitioner_reaches_nothing() {
        tenant.actingAs(KnownTenant.practitioner("practitioner-2"));

        assertThatThrownBy(() -> sessions.get(session.id())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> tickets.forHost(session.id())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> rooms.admit("practitioner-2", session.participant()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void after_switching_off_and_on_the_same_session_can_be_entered_again() {
        admit();

        rooms.switchedOff();
        var again = new RememberingSocket();
        handler.joined(again, join(patientTicket()));

        assertThat(again.last("state")).contains("\"CHECKING\"");
    }

    private static VideoSettings relayed() {
        return new VideoSettings(Optional.of("turn:relay.example:3478"), Optional.of(new Secret("of-the-relay")), 15,
                600,
                Optional.empty(), 30);
    }

    private RememberingSocket anotherPatientAtTheCheck() {
        session = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 5", "Nina"));
        var socket = new RememberingSocket();
        handler.joined(socket, join(patientTicket()));
        return socket;
    }

    private static String username(RememberingSocket socket) {
        return socket.last("relay").replaceAll(".*\"username\":\"([^\"]+)\".*", "$1");
    }

    private void admit() {
        handler.received(host, "{\"type\":\"admit\",\"participant\":\"" + session.participant() + "\"}");
    }

    private String participantId() {
        return database.inTransaction(AuditEntry.read("VideoSession", session.id().toString()),
                tx -> store.find(tx, session.id()).orElseThrow().patient().id().toString());
    }

    private String patientTicket() {
        return database
                .inTransaction(AuditEntry.list("Ticket"),
                        tx -> tickets.forPatient(tx, store.find(tx, session.id()).orElseThrow()))
                .ticket();
    }

    private static String token(RememberingSocket socket) {
        return socket.last("admitted").replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private static String join(String ticket) {
        return "{\"type\":\"join\",\"ticket\":\"" + ticket + "\"}";
    }

    /** The server begins anew: nothing is left but the database. */
    private void start() {
        rooms = new LiveRooms();
        rooms.database = database;
        rooms.store = store;
        var staff = new Staff() {
            @Override
            public Optional<Member> find(String id) {
                return Optional.of(new Member(id, "Practitioner 1"));
            }

            @Override
            public List<Member> with(Role role) {
                return List.of();
            }
        };
        rooms.rights = new MediaRights(new SigningKeys(database, secrets), () -> settings, staff, tenant, ids, clock);
        rooms.watchers = new Watchers(database, store, tenant, clock);
        rooms.context = tenant;
        rooms.ids = ids;
        rooms.clock = clock;
        handler = new VideoLiveHandler();
        handler.tickets = tickets;
        handler.rooms = rooms;
        sessions = new VideoSessions(database, store, new LinksByHand(), tenant, ids, clock, rooms);
    }
}

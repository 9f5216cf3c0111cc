// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.LinksByHand;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.SecretsByHand;
import org.sluse.testkit.TestDatabase;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.quality.Experience;
import org.sluse.video.quality.ExperienceStore;
import org.sluse.video.quality.Experiences;
import org.sluse.video.quality.Rating;
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.session.SessionListener;
import org.sluse.video.session.SessionState;
import org.sluse.video.session.Stores;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.session.VideoSessions;
import org.sluse.video.provider.TestRooms;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.ticket.Tickets;

/** A patient with a link to a session in an hour, at a clinic whose waiting room opens 15 minutes before. On a real PostgreSQL. */
class InvitationsTest {

    private static final VideoSettings SETTINGS = TestSettings.none().get();

    private final TestDatabase database = TestDatabase.with("video");
    private final KnownTenant tenant = new KnownTenant();
    private final ManualClock clock = new ManualClock();
    private final KnownIds ids = new KnownIds();
    private final LinksByHand links = new LinksByHand();
    private final VideoSessionStore store = Stores.inPostgres();
    private final ExperienceStore experiences = Experiences.inPostgres();
    private final NobodyThere changed = new NobodyThere();
    private String code = "";
    private final Invitations invitations = new Invitations(database, store, experiences, links,
            new Tickets(database, store, tenant, ids, clock),
            TestRooms.of(database, database.settings(SETTINGS), ids, new SecretsByHand(tenant), name -> {
            }), new NobodyInTheList(), changed, database.settings(SETTINGS),
            tenant, ids, clock);

    @BeforeEach
    void a_session_in_an_hour() {
        var session = new VideoSessions(database, store, experiences, links, tenant, ids, clock, changed,
                name -> {
                }, new NobodyInTheList())
                .schedule(new ScheduleSession(clock.instant().plus(Duration.ofHours(1)), 45, "Patient 4", "Kari"));
        var participant = database.inTransaction(AuditEntry.read("VideoSession", session.id().toString()),
                tx -> store.find(tx, session.id()).orElseThrow().patient().id().toString());
        code = session.invitation().orElseThrow().split("#")[1];
        tenant.actingAs(Actor.linkHolder(participant));
    }

    @Test
    void whoever_has_a_link_that_another_browser_holds_asks_for_another_and_the_host_learns_of_it() {
        tenant.actingAs(Actor.anonymous());

        invitations.ask(code);

        assertThat(changed.seen).singleElement()
                .satisfies(told -> assertThat(told.patient().askedAt()).contains(clock.instant()));
    }

    @Test
    void of_whoever_asks_with_any_other_code_nobody_learns() {
        tenant.actingAs(Actor.anonymous());

        invitations.ask("nonsense");

        assertThat(changed.seen).isEmpty();
        assertThat(database.audit()).contains(
                AuditEntry.of(AuditAction.CREATE, "LinkRequest", "*").refused("link-not-in-use"));
    }

    @Test
    void nobody_is_asked_for_whoever_is_there_or_when_the_session_is_over() {
        var participant = UUID.fromString(tenant.actor().id());
        change(participant, session -> session.on(session.patient(), AdmissionEvent.ARRIVED, clock.instant()));
        invitations.ask(code);
        change(participant, session -> session.over(SessionState.ENDED, clock.instant()));
        invitations.ask(code);

        assertThat(changed.seen).isEmpty();
    }

    @Test
    void whoever_comes_after_all_asks_no_more() {
        var participant = UUID.fromString(tenant.actor().id());
        invitations.ask(code);

        var come = change(participant,
                session -> session.on(session.patient(), AdmissionEvent.ARRIVED, clock.instant()));

        assertThat(come.patient().askedAt()).isEmpty();
    }

    private VideoSession change(UUID participant, UnaryOperator<VideoSession> step) {
        return database.inTransaction(AuditEntry.list("VideoSession"), tx -> {
            store.update(tx, step.apply(store.findByParticipant(tx, participant).orElseThrow()));
            return store.findByParticipant(tx, participant).orElseThrow();
        });
    }

    @Test
    void says_how_picture_and_sound_were_and_may_think_better_of_it() {
        invitations.rate(Rating.BAD);
        invitations.rate(Rating.GOOD);

        var participant = UUID.fromString(tenant.actor().id());
        assertThat(database.<Map<Optional<UUID>, Experience>>inTransaction(AuditEntry.list("VideoSession"),
                tx -> experiences.of(tx, store.findByParticipant(tx, participant).orElseThrow().id())))
                .containsExactly(Map.entry(Optional.of(participant),
                        new Experience(Optional.empty(), Optional.of(Rating.GOOD))));
    }

    @Test
    void waits_outside_until_the_waiting_room_opens() {
        clock.advance(Duration.ofMinutes(44));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(invitations::ticket)
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Invitations.TOO_EARLY));
    }

    @Test
    void gets_a_ticket_from_then_on() {
        clock.advance(Duration.ofMinutes(45));

        assertThat(invitations.ticket().ticket()).isNotBlank();
    }

    @Test
    void takes_the_appointment_home_without_any_name() {
        assertThat(invitations.calendar("de").text()).contains("DTSTART:20261123T130000Z", "DTEND:20261123T134500Z",
                "SUMMARY:Videotermin").doesNotContain("Kari", "Patient 4", "Clinic North");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> invitations.calendar("fr"));
    }

    private static final class NobodyInTheList implements Staff {

        @Override
        public Optional<Member> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<Member> with(Role role) {
            return List.of();
        }
    }

    private static final class NobodyThere implements SessionListener {

        final List<VideoSession> seen = new ArrayList<>();

        @Override
        public void over(VideoSession session) {
            throw new AssertionError("No session is over");
        }

        @Override
        public void changed(VideoSession session) {
            seen.add(session);
        }

        @Override
        public void withdrawn(VideoSession session, String inRoom) {
            throw new AssertionError("Nobody is invited again");
        }

        @Override
        public void turnedAway(VideoSession session, String inRoom) {
            throw new AssertionError("Nobody is turned away");
        }
    }
}

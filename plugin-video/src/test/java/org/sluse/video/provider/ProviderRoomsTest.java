// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.SecretsByHand;
import org.sluse.testkit.TestDatabase;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.provider.NoRoomException.Why;
import org.sluse.video.provider.whereby.WherebyByHand;
import org.sluse.video.settings.Profile;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.settings.WherebyRooms;

/** On a real database. */
class ProviderRoomsTest {

    private static final VideoSettings BUILT_IN = TestSettings.none().get();
    private static final VideoSettings WHEREBY = TestSettings.none().whereby(WherebyRooms.SMALL).get();
    private static final VideoSettings GROUPS = TestSettings.none().whereby(WherebyRooms.GROUP).get();

    private final TestDatabase database = TestDatabase.with("video");
    private final ManualClock clock = new ManualClock();
    private final KnownIds ids = new KnownIds();
    private final WherebyByHand whereby = new WherebyByHand();
    private final List<String> woken = new ArrayList<>();
    private VideoSettings settings = BUILT_IN;
    private final ProviderRooms rooms = TestRooms.of(database, () -> settings, ids,
            new SecretsByHand(new KnownTenant()), woken::add, whereby.provider(ids, clock));

    @AfterEach
    void nothing_was_sent_that_is_not_declared() {
        assertThat(whereby.standIn.faults()).isEmpty();
    }

    @Test
    void a_planned_session_has_no_room_so_that_the_clinic_may_still_choose() {
        var session = session(ManualClock.NOON);
        assertThat(rooms.find(session)).isEmpty();

        settings = WHEREBY;

        assertThat(open(session).provider()).isEqualTo(VideoProvider.WHEREBY);
    }

    @Test
    void an_open_session_stays_where_it_is_when_the_clinic_chooses_another_provider() {
        var built = session(ManualClock.NOON);
        var room = open(built);
        settings = WHEREBY;

        assertThat(open(built)).isEqualTo(room);
        assertThat(rooms.entry(room, new DisplayName("Kari"), false)).isEmpty();
        assertThat(rooms.recipients(rooms.find(built))).isEmpty();
        assertThat(open(session(ManualClock.NOON)).provider()).isEqualTo(VideoProvider.WHEREBY);
    }

    @Test
    void the_first_admission_makes_the_room_and_the_next_finds_it() {
        settings = WHEREBY;
        var session = session(ManualClock.NOON);

        var room = open(session);

        assertThat(open(session)).isEqualTo(room);
        assertThat(rooms.find(session)).contains(room);
        assertThat(whereby.standIn.meetings()).hasSize(1);
        assertThat(room.external().hostKey()).isPresent();
    }

    @Test
    void the_key_of_the_host_lies_sealed_in_the_database() {
        settings = WHEREBY;
        open(session(ManualClock.NOON));

        assertThat(column("encode(host_key, 'escape')")).singleElement()
                .satisfies(stored -> assertThat(stored).doesNotContain("eyJhbGciOiJIUzI1NiJ9.1"));
    }

    @Test
    void under_the_german_profile_nothing_goes_through_servers_that_decrypt() {
        var before = session(ManualClock.NOON);
        settings = GROUPS;
        open(before);
        settings = TestSettings.none().whereby(WherebyRooms.GROUP).under(Profile.GERMANY).get();
        var made = whereby.standIn.heard().size();

        assertNone(session(ManualClock.NOON), Why.PATH);
        assertThat(whereby.standIn.heard()).as("nothing was asked of the provider").hasSize(made);
        assertNone(before, Why.PATH);
        settings = TestSettings.none().whereby(WherebyRooms.SMALL).under(Profile.GERMANY).get();
        assertThat(open(session(ManualClock.NOON)).path()).isEqualTo(MediaPath.P2P_E2EE);
    }

    @Test
    void the_profile_stands_in_the_way_of_switching_on_too() {
        var providers = TestRooms.providers(ids, whereby.provider(ids, clock));

        assertThat(providers.ready(GROUPS).isReady()).isTrue();
        assertThat(providers.ready(TestSettings.none().whereby(WherebyRooms.GROUP).under(Profile.GERMANY).get())
                .reasons()).extracting("key").containsExactly("ready.path-refused");
        assertThat(providers.ready(TestSettings.none().under(Profile.GERMANY).get()).isReady()).isTrue();
    }

    @Test
    void who_receives_something_is_who_is_chosen() {
        var providers = TestRooms.providers(ids, whereby.provider(ids, clock));

        assertThat(providers.recipients(BUILT_IN)).isEmpty();
        assertThat(providers.recipients(WHEREBY)).extracting("name").containsExactly("Whereby AS");
        assertThat(providers.frames(BUILT_IN)).isEmpty();
        assertThat(providers.frames(WHEREBY)).containsExactly(TestSettings.SITE);
    }

    @Test
    void a_room_is_deleted_when_its_session_is_over_or_gone() {
        settings = WHEREBY;
        var ended = session(ManualClock.NOON);
        var deleted = session(ManualClock.NOON);
        var open = session(ManualClock.NOON);
        for (var each : List.of(ended, deleted, open)) {
            open(each);
        }
        execute("update session set state = 'ENDED' where id = '" + ended + "'");
        execute("delete from session where id = '" + deleted + "'");

        rooms.run(clock.instant());

        assertThat(whereby.standIn.meetings()).contains("1003").doesNotContain("1001", "1002");
        assertThat(rooms.find(open)).isPresent();
    }

    @Test
    void what_cannot_be_deleted_now_is_tried_again() {
        settings = WHEREBY;
        var session = session(ManualClock.NOON);
        open(session);
        execute("update session set state = 'ENDED'");
        whereby.standIn
                .answersOnce(new org.sluse.video.provider.whereby.WherebyStandIn.Reply(500, java.util.Map.of(), ""));

        assertThat(rooms.run(clock.instant())).isPresent();
        assertThat(whereby.standIn.meetings()).hasSize(1);
        rooms.run(clock.instant());

        assertThat(whereby.standIn.meetings()).isEmpty();
        assertThat(column("id::text")).isEmpty();
    }

    @Test
    void who_is_no_longer_the_provider_is_told_nothing_more() {
        settings = WHEREBY;
        open(session(ManualClock.NOON));
        execute("update session set state = 'ENDED'");
        settings = BUILT_IN;
        var heard = whereby.standIn.heard().size();

        assertThat(rooms.run(clock.instant())).isEmpty();

        assertThat(whereby.standIn.heard()).hasSize(heard);
        assertThat(column("id::text")).isEmpty();
    }

    @Test
    void two_rooms_are_made_ahead_while_a_session_is_near_and_none_otherwise() {
        settings = WHEREBY;
        session(ManualClock.NOON.plus(Duration.ofHours(2)));
        rooms.run(clock.instant());
        assertThat(whereby.standIn.meetings()).isEmpty();

        clock.advance(Duration.ofMinutes(61));
        rooms.run(clock.instant());
        rooms.run(clock.instant());

        assertThat(whereby.standIn.meetings()).hasSize(2);
    }

    @Test
    void an_admission_takes_a_room_that_was_made_ahead_and_asks_nobody() {
        settings = WHEREBY;
        var session = session(ManualClock.NOON);
        rooms.run(clock.instant());
        whereby.refuses(Reason.MODULE_OFF);

        var room = open(session);

        assertThat(room.external().id()).isEqualTo("1001");
        assertThat(woken).containsExactly("rooms");
    }

    @Test
    void a_room_that_would_not_last_is_given_to_nobody_and_goes() {
        settings = WHEREBY;
        session(ManualClock.NOON);
        rooms.run(clock.instant());
        clock.advance(Duration.ofHours(9));
        session(clock.instant());

        rooms.run(clock.instant());

        assertThat(whereby.standIn.meetings()).containsExactlyInAnyOrder("1003", "1004");
    }

    @Test
    void of_what_the_provider_says_the_newest_counts_and_nothing_twice() {
        settings = WHEREBY;
        var session = session(ManualClock.NOON);
        open(session);
        var at = clock.instant();

        assertThat(told("event-2", 2, at.plusSeconds(2))).contains(session);
        assertThat(told("event-2", 2, at.plusSeconds(2))).as("twice").isEmpty();
        assertThat(told("event-1", 1, at.plusSeconds(1))).as("late").isEmpty();
        assertThat(rooms.told(VideoProvider.WHEREBY, "event-3", "9999", 1, at, at)).as("of a room of nobody").isEmpty();
        assertThat(column("people::text")).containsExactly("2");
    }

    private java.util.Optional<UUID> told(String event, int people, Instant at) {
        return rooms.told(VideoProvider.WHEREBY, event, "1001", people, at, clock.instant());
    }

    private void assertNone(UUID session, Why why) {
        assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> open(session))
                .satisfies(none -> assertThat(none.why()).isEqualTo(why));
    }

    private ProviderRoom open(UUID session) {
        return rooms.of(session, clock.instant().plus(Duration.ofHours(5)));
    }

    private UUID session(Instant startsAt) {
        var id = ids.next();
        database.inTransaction(AuditEntry.of(AuditAction.CREATE, "VideoSession", id.toString()), tx -> tx.handle()
                .execute("""
                        insert into session (id, room, host_id, host_in_room, patient_label, starts_at, minutes, state)
                        values (?, ?, 'practitioner-1', 'host', 'sealed', ?, 50, 'SCHEDULED')""", id, id.toString(),
                        Timestamp.from(startsAt)));
        return id;
    }

    private void execute(String sql) {
        database.inTransaction(AuditEntry.list("VideoSession"), tx -> tx.handle().execute(sql));
    }

    private List<String> column(String what) {
        return database.inTransaction(AuditEntry.list("ProviderRoom"),
                tx -> tx.handle().createQuery("select " + what + " from provider_room").mapTo(String.class).list());
    }
}

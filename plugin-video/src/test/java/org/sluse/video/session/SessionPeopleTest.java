// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.TestDatabase;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.Participant.Who;
import org.sluse.video.admission.ParticipantRole;

/** A session with a patient, a relative, an interpreter and a co-host. On a real PostgreSQL. */
class SessionPeopleTest {

    private final TestDatabase database = TestDatabase.with("video");
    private final VideoSessionStore store = Stores.inPostgres();
    private final KnownIds ids = new KnownIds();
    private final ManualClock clock = new ManualClock();
    private final Participant patient = invited(Who.guest(ParticipantRole.PATIENT, "Patient 4"), "Kari");
    private final Participant relative = invited(Who.guest(ParticipantRole.RELATIVE, "Mother of patient 4"), "Anna");
    private final Participant interpreter = invited(Who.guest(ParticipantRole.INTERPRETER, "Interpreter"), "Max");
    private final Participant coHost = invited(
            new Who(ParticipantRole.CO_HOST, "Practitioner 2", Optional.of("practitioner-2")), "Practitioner 2");
    private final UUID id = ids.next();

    @BeforeEach
    void a_session_of_four() {
        var session = new VideoSession(id, "room", "practitioner-1", "host", "Patient 4", ManualClock.NOON, 45,
                SessionState.SCHEDULED, Optional.empty(), List.of(patient, relative, interpreter, coHost));
        database.inTransaction(AuditEntry.of(AuditAction.CREATE, "VideoSession", id.toString()), tx -> {
            store.add(tx, session);
            return id;
        });
    }

    @Test
    void each_comes_back_as_they_were_in_the_order_of_their_invitation() {
        assertThat(kept().people()).containsExactly(patient, relative, interpreter, coHost);
    }

    @Test
    void one_goes_on_and_the_others_stay_where_they_are() {
        change(session -> session.on(relative, AdmissionEvent.KNOCKED, clock.instant()));

        assertThat(kept().people()).containsExactly(patient,
                relative.on(AdmissionEvent.KNOCKED, clock.instant()), interpreter, coHost);
    }

    @Test
    void whoever_is_invited_again_keeps_the_seat_and_nobody_has_the_old_pseudonym() {
        var again = invited(relative.who(), "Anna");

        change(session -> session.instead(relative.id(), again));

        assertThat(kept().people()).containsExactly(patient, again, interpreter, coHost);
        assertThat(found(relative.inRoom())).isEmpty();
        assertThat(found(again.inRoom())).isPresent();
    }

    @Test
    void whoever_is_taken_out_leaves_the_others_in_order_and_room_for_another() {
        var another = invited(Who.guest(ParticipantRole.RELATIVE, "Father of patient 4"), "Per");

        change(session -> session.without(relative));
        change(session -> session.and(another));

        assertThat(kept().people()).containsExactly(patient, interpreter, coHost, another);
    }

    @Test
    void a_co_host_leads_from_the_moment_they_are_in_until_they_are_turned_away() {
        assertThat(kept().isLedBy("practitioner-1")).isTrue();
        assertThat(kept().isLedBy("practitioner-2")).isFalse();

        change(session -> session.on(coHost, AdmissionEvent.KNOCKED, clock.instant()));
        change(session -> session.letIn(session.get(coHost.id()), "practitioner-1", clock.instant()));
        assertThat(kept().isLedBy("practitioner-2")).isTrue();

        change(session -> session.on(session.get(coHost.id()), AdmissionEvent.TURNED_AWAY, clock.instant()));
        assertThat(kept().isLedBy("practitioner-2")).isFalse();
        assertThat(kept().coHost("practitioner-2")).isEmpty();
    }

    @Test
    void three_guests_can_be_let_in_and_a_fourth_stays_where_they_are() {
        for (var each : kept().people()) {
            change(session -> session.on(each, AdmissionEvent.KNOCKED, clock.instant()));
            change(session -> session.letIn(session.get(each.id()), "practitioner-1", clock.instant()));
        }

        assertThat(kept().people()).extracting(each -> each.admission().mayTalk())
                .containsExactly(true, true, true, false);
        assertThat(kept().isFull()).isTrue();
    }

    @Test
    void a_co_host_has_it_among_their_own_sessions_and_nobody_else_has() {
        assertThat(of("practitioner-2")).hasSize(1);
        assertThat(of("practitioner-3")).isEmpty();
    }

    @Test
    void nobody_is_invited_as_host_nor_as_a_co_host_who_is_not_of_the_clinic() {
        assertThatIllegalArgumentException().isThrownBy(() -> Who.guest(ParticipantRole.HOST, "Practitioner 1"));
        assertThatIllegalArgumentException().isThrownBy(() -> Who.guest(ParticipantRole.CO_HOST, "Practitioner 2"));
    }

    private Participant invited(Who who, String name) {
        return Participant.invited(ids.next(), ids.token(), who, new DisplayName(name));
    }

    private VideoSession kept() {
        return database.inTransaction(AuditEntry.read("VideoSession", id.toString()),
                tx -> store.find(tx, id).orElseThrow());
    }

    private Optional<VideoSession> found(String inRoom) {
        return database.inTransaction(AuditEntry.read("Participant", inRoom),
                tx -> store.findByPseudonym(tx, inRoom));
    }

    private List<VideoSession> of(String staffId) {
        return database.inTransaction(AuditEntry.list("VideoSession"), tx -> store.ofStaff(tx, staffId,
                ManualClock.NOON, ManualClock.NOON.plus(Duration.ofHours(1))));
    }

    private void change(UnaryOperator<VideoSession> step) {
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "VideoSession", id.toString()), tx -> {
            store.update(tx, step.apply(store.find(tx, id).orElseThrow()));
            return id;
        });
    }
}
